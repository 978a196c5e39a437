import type { SpanShape } from '../span-shape.ts';

const mostSegments = 10;

/** A letter first, then one character of any kind, as in `v1`: what has more of them is taken for an identifier. */
const word = /^([A-Za-z\-_. ](.[A-Za-z\-_. ]*)?)?$/;

const httpAttributes = [
  'http.route',
  'http.request.method',
  'http.request.method_original',
  'http.response.status_code',
  'url.full',
  'http.scheme',
  'http.target',
  'http.method',
  'http.url',
];

/**
 * The span with the name that the processor `redaction` gives it with `url_sanitizer`: identifiers become `*`, so that
 * `GET /orders/17` and `GET /orders/18` are one operation. It also replaces words that look random, by a statistical
 * model; here they stay.
 *
 * @see https://github.com/grafana/clusterurl
 */
export function withSanitizedName(span: SpanShape): SpanShape {
  const { name, kind, attributes } = span;
  const looksLikeUrl = name.includes('/') || httpAttributes.some((attribute) => attributes[attribute] !== undefined);
  if ((kind !== 'CLIENT' && kind !== 'SERVER') || !looksLikeUrl) {
    return span;
  }
  const segments = (name.split(/[?&#]/, 1)[0] ?? '')
    .split('/')
    .slice(0, mostSegments)
    .map((segment) => (isWord(segment) ? segment : '*'));
  const isAllReplaced = segments.includes('*') && segments.every((segment) => segment === '*' || segment === '');
  const sanitized = segments.join('/');
  return sanitized === '' || isAllReplaced ? span : { ...span, name: sanitized };
}

/** It looks at bytes: what is not ASCII is several of them. */
const isWord = (segment: string): boolean => word.test(Buffer.from(segment).toString('latin1'));
