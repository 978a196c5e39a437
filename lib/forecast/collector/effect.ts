import { ownValue } from '../../own-value.ts';
import { componentType } from '../../pipeline/component.ts';
import { processorStatements } from '../../pipeline/statements.ts';
import { type Mapping, textAt } from '../../yaml/value.ts';
import { beginsTransaction, type SpanShape, transaction } from '../span-shape.ts';

/** What a processor does to a span before it is counted; undefined when it drops it. */
export type Effect = (span: SpanShape) => SpanShape | undefined;

/** The effects of a processor on spans, as far as they are understood; what is not understood changes nothing. */
export function effectsOf(config: Mapping, id: string): Effect[] {
  switch (componentType(id)) {
    case 'transform':
      return processorStatements(config, id).flatMap((statement) => effectOf(statement) ?? []);
    case 'filter':
      return processorStatements(config, id).map(
        (condition) => (span) => (isDropped(span, condition) ? undefined : span),
      );
    case 'redaction':
      return sanitizesUrls(config, id) ? [withSanitizedName] : [];
    case 'coralogix':
      return textAt(config, 'processors', id, 'transactions', 'enabled') === 'true' ? [withTransaction] : [];
    default:
      return [];
  }
}

const sanitizesUrls = (config: Mapping, id: string): boolean =>
  textAt(config, 'processors', id, 'url_sanitizer', 'enabled') === 'true' &&
  textAt(config, 'processors', id, 'url_sanitizer', 'sanitize_span_name') !== 'false';

function effectOf(statement: string): Effect | undefined {
  const copied = /^set\(span\.attributes\["([^"]+)"\], span\.attributes\["([^"]+)"\]\)(.*)$/.exec(statement);
  if (copied !== null) {
    const [, to = '', from = '', where = ''] = copied;
    return (span) => copy(span, from, to, where.includes(`attributes["${to}"] == nil`));
  }
  const kept = /^keep_keys\(span\.attributes, \[(.*)\]\)$/.exec(statement);
  if (kept !== null) {
    const names = new Set([...(kept[1] ?? '').matchAll(/"([^"]*)"/g)].map(([, name]) => name));
    return (span) => ({ ...span, attributes: picked(span.attributes, names) });
  }
  return undefined;
}

function copy(span: SpanShape, from: string, to: string, onlyIfAbsent: boolean): SpanShape {
  const value = ownValue(span.attributes, from);
  return value === undefined || (onlyIfAbsent && ownValue(span.attributes, to) !== undefined)
    ? span
    : { ...span, attributes: { ...span.attributes, [to]: value } };
}

const picked = (attributes: SpanShape['attributes'], names: ReadonlySet<string | undefined>) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.has(name)));

/** Attributes of a sample are kept: it was taken behind the collector. */
function withTransaction(span: SpanShape): SpanShape {
  const isRoot = (span.attributes[transaction.root] ?? String(beginsTransaction(span.kind))) === 'true';
  return {
    ...span,
    attributes: {
      'cgx.transaction': span.attributes[transaction.name] ?? span.name,
      ...(isRoot ? { 'cgx.transaction.root': 'true' } : {}),
      ...span.attributes,
    },
  };
}

/** Whether a condition of the processor `filter` drops a span. A part that is not understood drops none. */
const isDropped = (span: SpanShape, condition: string): boolean =>
  condition.split(' or ').some((alternative) => alternative.split(' and ').every((part) => holds(span, part.trim())));

function holds(span: SpanShape, part: string): boolean {
  const [, attribute = '', operator, operand] =
    /^(?:span\.)?attributes\["([^"]+)"\] (==|!=) (nil|"[^"]*")$/.exec(part) ?? [];
  if (operator !== undefined && operand !== undefined) {
    const wanted = operand === 'nil' ? undefined : operand.slice(1, -1);
    return (ownValue(span.attributes, attribute) === wanted) === (operator === '==');
  }
  const [, kindOperator, kind] = /^(?:span\.)?kind (==|!=) SPAN_KIND_([A-Z]+)$/.exec(part) ?? [];
  return kindOperator !== undefined && (span.kind === kind) === (kindOperator === '==');
}

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
