import { guises } from './guises.ts';

/** A secret as it may stand in a text: plain, and as programs encode it. */
const forms = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  // Without what may be the end of another character.
  Buffer.from(secret).toString('base64').slice(0, -4),
];

/** The secrets of the tables that stand in a text, with what is around them. */
export const leaksIn = (text: string, secrets: readonly string[] = guises.map(({ secret }) => secret)): string[] =>
  secrets.flatMap((secret) => {
    const form = forms(secret).find((candidate) => candidate.length >= 6 && text.includes(candidate));
    return form === undefined
      ? []
      : [text.slice(Math.max(0, text.indexOf(form) - 80), text.indexOf(form) + form.length)];
  });
