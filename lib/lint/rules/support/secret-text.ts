import type { Manifest } from '../../../model/manifest.ts';
import { textAt } from '../../../yaml/value.ts';

/** What a key of a Secret holds, for judging it; it must reach no message. */
export function secretText({ value }: Manifest, key: string): string | undefined {
  const encoded = textAt(value, 'data', key);
  return (
    textAt(value, 'stringData', key) ??
    (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'))
  );
}
