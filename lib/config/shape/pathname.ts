import { holdsSecret } from '../../secrets/find-secrets.ts';
import { controlCharacter } from '../../text/characters.ts';
import type { Path } from '../reading/located.ts';

/** A path as people write it: `services[0].port`. */
export const pathname = (path: Path): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${shown(step)}`))
    .join('');

/** The last key of a path. */
export const keyOf = (path: Path): string => String(path.at(-1) ?? '');

function shown(key: string): string {
  if (holdsSecret(key)) {
    return '***';
  }
  return controlCharacter(key) === undefined ? key : JSON.stringify(key);
}
