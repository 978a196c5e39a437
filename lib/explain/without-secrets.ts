import { maskSecrets, maskTexts } from '../secrets/mask-secrets.ts';
import type { Explanation } from './explanation.ts';

/** User and password of a URL, of which nothing need be seen to know where it leads. */
const credentials = /\/\/[^\s/@]+@/g;

/** The explanation as it may be pasted: what looks like a secret is replaced. */
export const withoutSecrets = (explanation: Explanation): Explanation =>
  maskTexts(explanation, (text, name) => maskSecrets(text.replaceAll(credentials, '//'), name));
