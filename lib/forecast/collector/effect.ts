import { componentType } from '../../model/collector/collector.ts';
import { type Mapping, textAt } from '../../model/value.ts';
import type { ResourceLabels } from '../label.ts';
import type { SpanShape } from '../span-shape.ts';
import { beginsTransaction, transaction } from '../transaction.ts';
import { isDropped } from './filter-condition.ts';
import { processorStatements } from './processor-statements.ts';
import { withSanitizedName } from './sanitized-name.ts';

/** What a processor does to spans on their way to be counted. */
export interface Effect {
  /** Undefined for a span that it drops. */
  readonly span?: (span: SpanShape) => SpanShape | undefined;
  readonly resource?: (resource: ResourceLabels) => ResourceLabels;
}

/** The effects of a processor, as far as they are understood; what is not understood changes nothing. */
export function effectsOf(config: Mapping, id: string): Effect[] {
  switch (componentType(id)) {
    case 'transform':
      return processorStatements(config, id).flatMap((statement) => effectOf(statement) ?? []);
    case 'filter':
      return processorStatements(config, id).map((condition) => ({
        span: (span) => (isDropped(span, condition) ? undefined : span),
      }));
    case 'redaction':
      return sanitizesUrls(config, id) ? [{ span: withSanitizedName }] : [];
    case 'coralogix':
      return textAt(config, 'processors', id, 'transactions', 'enabled') === 'true' ? [{ span: withTransaction }] : [];
    default:
      return [];
  }
}

const sanitizesUrls = (config: Mapping, id: string): boolean =>
  textAt(config, 'processors', id, 'url_sanitizer', 'enabled') === 'true' &&
  textAt(config, 'processors', id, 'url_sanitizer', 'sanitize_span_name') !== 'false';

function effectOf(statement: string): Effect | undefined {
  const copied = /^set\((?:span\.)?attributes\["([^"]+)"\], (?:span\.)?attributes\["([^"]+)"\]\)(.*)$/.exec(statement);
  if (copied !== null) {
    const [, to = '', from = '', where = ''] = copied;
    return { span: (span) => copy(span, from, to, where.includes(`attributes["${to}"] == nil`)) };
  }
  const kept = /^keep_keys\((resource|span)\.attributes, \[(.*)\]\)$/.exec(statement);
  if (kept !== null) {
    const names = new Set([...(kept[2] ?? '').matchAll(/"([^"]*)"/g)].map(([, name]) => name));
    return kept[1] === 'resource'
      ? { resource: (resource) => new Map([...resource].filter(([name]) => names.has(name))) }
      : { span: (span) => ({ ...span, attributes: picked(span.attributes, names) }) };
  }
  return undefined;
}

function copy(span: SpanShape, from: string, to: string, onlyIfAbsent: boolean): SpanShape {
  const value = span.attributes[from];
  return value === undefined || (onlyIfAbsent && span.attributes[to] !== undefined)
    ? span
    : { ...span, attributes: { ...span.attributes, [to]: value } };
}

const picked = (attributes: SpanShape['attributes'], names: ReadonlySet<string | undefined>) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.has(name)));

/** What a sample says itself stays: it was taken behind the collector. */
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
