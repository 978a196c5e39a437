import { decodedText } from './encoded-text.ts';
import type { FoundSecret } from './found-secret.ts';

const credentials =
  /\b(bearer|basic|digest|apikey|splunk|ssws|geniekey)(?:\s{1,4}|%20|\+)(["']?)([A-Za-z0-9._~+/-]{6,}={0,2})/gi;

/** What follows the scheme of an `Authorization` header, with or without the name of the header before it. */
export function authorizations(text: string): FoundSecret[] {
  return [...text.matchAll(credentials)].flatMap(({ 0: whole, 1: scheme = '', 3: token = '', index }) => {
    const end = index + whole.length;
    return isToken(scheme, token)
      ? [{ what: 'an Authorization header', start: end - token.length, end, byForm: true }]
      : [];
  });
}

/** `Bearer authentication` and `Basic auth-v2` are words. */
const isToken = (scheme: string, token: string): boolean =>
  /^basic$/i.test(scheme)
    ? decodedText(token)?.includes(':') === true
    : /^[A-Za-z0-9]{24,}$/.test(token) ||
      (/\d/.test(token) &&
        (token.length >= 16 || /\d[a-z]|[a-z]\d{3}/i.test(token)) &&
        !/^[a-z]+[-_.]?\d{1,2}$/i.test(token));
