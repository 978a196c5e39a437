import { holdsSecret } from '../../secrets/find-secrets.ts';
import { controlCharacter } from '../../text/characters.ts';
import type { Path } from '../../yaml/value.ts';

/** A path as people write it: `services[0].port`. */
export const pathname = (path: Path): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${shown(step)}`))
    .join('');

/** The last key of a path. */
export const keyOf = (path: Path): string => String(path.at(-1) ?? '');

/** Longer keys are cut. */
const maximumLength = 60;

function shown(key: string): string {
  if (holdsSecret(key)) {
    return '***';
  }
  const short = key.length > maximumLength ? `${key.slice(0, maximumLength)}…` : key;
  return controlCharacter(short) === undefined ? short : JSON.stringify(short);
}
