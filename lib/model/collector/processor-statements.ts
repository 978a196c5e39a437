import { isMapping, listAt, type Mapping, mappingAt, textAt } from '../value.ts';

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

/** The statements or conditions of a processor `transform` or `filter`, for traces. All of a resource is called so. */
export function processorStatements(config: Mapping, id: string): readonly string[] {
  const settings = mappingAt(config, 'processors', id);
  const written = [
    ...listAt(settings, 'trace_statements').flatMap((entry) =>
      isMapping(entry) ? inContext(textAt(entry, 'context'), texts(listAt(entry, 'statements'))) : texts([entry]),
    ),
    ...texts(listAt(settings, 'traces', 'span')),
  ];
  return written.length > 0 ? written : (chartStatements[id] ?? []);
}

const inContext = (context: string | undefined, statements: readonly string[]): readonly string[] =>
  context === 'resource'
    ? statements.map((statement) => statement.replaceAll(/(?<![.\w])attributes\b/g, 'resource.attributes'))
    : statements;

/** In one line each. */
const texts = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => textAt({ value }, 'value')?.trim().replaceAll(/\s+/g, ' ') ?? []);
