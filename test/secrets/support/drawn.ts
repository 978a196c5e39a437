const alphabets = {
  base62: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  hex: '0123456789abcdef',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
};

/** Characters as a machine draws them, the same in every run: no file holds what a scanner would take for a leak. */
export function drawn(length: number, alphabet: keyof typeof alphabets = 'base62', seed = 7): string {
  const characters = alphabets[alphabet];
  let state = seed * 7919 + length;
  let text = '';
  while (text.length < length) {
    state = (state * 1103515245 + 12345) % 2147483648;
    text += characters.charAt(Math.floor((state / 2147483648) * characters.length));
  }
  return text;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A private key as files hold it. */
export const privateKey = (kind = '', body = drawn(64)): string =>
  ['-----BEGIN ', kind, 'PRIVATE KEY-----\n', `MIIE${body}\n${body}\n`, '-----END ', kind, 'PRIVATE KEY-----\n'].join(
    '',
  );

/** A JSON Web Token. */
export const webToken = (): string =>
  [base64('{"alg":"HS256","typ":"JWT"}'), base64('{"sub":"1234567890","name":"shop"}'), drawn(43)]
    .join('.')
    .replaceAll('=', '');
