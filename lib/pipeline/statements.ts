import { isMapping, listAt, type Mapping, mappingAt, textAt } from '../yaml/value.ts';

/** Signals whose resource is followed. */
export type StatementSignal = 'traces' | 'metrics';

const keys = { traces: 'trace_statements', metrics: 'metric_statements' } as const;

/**
 * The statements or conditions of a processor `transform` or `filter`, for one signal. The attributes of statements have
 * their context before them, e.g. `resource.attributes`.
 */
export function processorStatements(
  config: Mapping,
  id: string,
  signal: StatementSignal = 'traces',
): readonly string[] {
  const settings = mappingAt(config, 'processors', id);
  const entries = listAt(settings, keys[signal]);
  const conditions = signal === 'traces' ? texts(listAt(settings, 'traces', 'span')) : [];
  return [...entries.flatMap((entry) => (isMapping(entry) ? statementsOf(entry) : texts([entry]))), ...conditions];
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
  values.flatMap((value) => textAt(value)?.trim().replaceAll(/\s+/g, ' ') ?? []);
