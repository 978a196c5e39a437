import { isMapping, listAt, type Mapping, mappingAt, textAt } from '../yaml/value.ts';

const compactResource =
  'keep_keys(resource.attributes, ["service.name", "k8s.cluster.name", "host.name", "deployment.environment.name"])';

/**
 * What the chart's processors say that change what is counted. A rendered configuration has it written; values do not.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/tree/main/charts/opentelemetry-collector
 */
const chartStatements: Readonly<Record<string, readonly string[]>> = {
  'transform/semconv': [
    'set(span.attributes["http.method"], span.attributes["http.request.method"])',
    'set(span.attributes["http.response.status_code"], span.attributes["http.status_code"]) where span.attributes["http.response.status_code"] == nil',
  ],
  'transform/compact': [compactResource],
  'transform/db_compact': [compactResource, 'keep_keys(span.attributes, ["db.namespace", "db.system"])'],
  'filter/db_spanmetrics': ['span.attributes["db.system"] == nil'],
  'filter/db_compact_spanmetrics': [
    'span.kind != SPAN_KIND_CLIENT or span.attributes["db.namespace"] == nil or span.attributes["db.system"] == nil',
  ],
};

/**
 * The statements or conditions of a processor `transform` or `filter`, for traces. The attributes of statements have
 * their context before them, e.g. `resource.attributes`.
 */
export function processorStatements(config: Mapping, id: string): readonly string[] {
  const settings = mappingAt(config, 'processors', id);
  const entries = listAt(settings, 'trace_statements');
  const conditions = texts(listAt(settings, 'traces', 'span'));
  return entries.length + conditions.length > 0
    ? [...entries.flatMap((entry) => (isMapping(entry) ? statementsOf(entry) : texts([entry]))), ...conditions]
    : (chartStatements[id] ?? []);
}

/** None of a group with conditions, which are not understood. */
function statementsOf(group: Mapping): readonly string[] {
  const context = textAt(group, 'context')?.toLowerCase();
  const statements = listAt(group, 'conditions').length > 0 ? [] : texts(listAt(group, 'statements'));
  return context === undefined ? statements : statements.map((statement) => inContext(context, statement));
}

/** Leaves alone what stands in quotes or after a dot. */
const inContext = (context: string, statement: string): string =>
  statement.replaceAll(/"[^"]*"|(?<![.\w])attributes\b/g, (part) =>
    part === 'attributes' ? `${context}.attributes` : part,
  );

/** In one line each. */
const texts = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => textAt({ value }, 'value')?.trim().replaceAll(/\s+/g, ' ') ?? []);
