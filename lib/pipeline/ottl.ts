import type { Path } from '../yaml/value.ts';
import { isMapping, listAt, type Mapping, textAt } from '../yaml/value.ts';

/** The signals of statements, by their key in the processor `transform`. */
export const statementKeys = {
  traces: 'trace_statements',
  metrics: 'metric_statements',
  logs: 'log_statements',
  profiles: 'profile_statements',
} as const;

/** One statement or condition in the language of transformations. */
export interface Statement {
  /** In the settings of the processor. */
  readonly path: Path;
  readonly text: string;
  /** `resource`, `scope`, `span`, `spanevent`; undefined where each path names its own. */
  readonly context: string | undefined;
}

/**
 * The statements of a processor `transform`, or the conditions of a processor `filter`, for traces.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl
 */
export const traceStatements = (settings: unknown): Statement[] => [
  ...listAt(settings, statementKeys.traces).flatMap((entry, index) =>
    isMapping(entry) ? ofGroup(entry, [statementKeys.traces, index]) : ofText(entry, [statementKeys.traces, index]),
  ),
  ...['span', 'spanevent'].flatMap((context) =>
    listAt(settings, 'traces', context).flatMap((entry, index) => ofText(entry, ['traces', context, index], context)),
  ),
  ...listAt(settings, 'trace_conditions').flatMap((entry, index) =>
    isMapping(entry) ? ofGroup(entry, ['trace_conditions', index]) : ofText(entry, ['trace_conditions', index]),
  ),
];

function ofGroup(group: Mapping, path: Path): Statement[] {
  const context = textAt(group, 'context')?.toLowerCase();
  return ['conditions', 'statements'].flatMap((key) =>
    listAt(group, key).flatMap((entry, index) => ofText(entry, [...path, key, index], context)),
  );
}

function ofText(entry: unknown, path: Path, context?: string): Statement[] {
  const text = textAt(entry)?.trim().replaceAll(/\s+/g, ' ');
  return text === undefined ? [] : [{ path, text, context }];
}

/** An attribute that a statement names. */
export interface NamedAttribute {
  readonly scope: 'resource' | 'span';
  readonly name: string;
  /** Whether the statement sets it, and does not read it. */
  readonly isSet: boolean;
}

/** The attributes of spans and of their resource that a statement names. */
export function attributesIn({ text, context }: Pick<Statement, 'text' | 'context'>): NamedAttribute[] {
  const target = /^set\(\s*/.exec(text)?.[0].length;
  return [...text.matchAll(attribute)].flatMap((match): NamedAttribute[] => {
    const [, prefix, name = ''] = match;
    const scope = prefix?.slice(0, -1) ?? context;
    return scope === 'resource' || scope === 'span' ? [{ scope, name, isSet: match.index === target }] : [];
  });
}

const attribute =
  /(?<![\w.])(?:(resource\.|span\.|scope\.|spanevent\.|instrumentation_scope\.))?attributes\["([^"]+)"\]/g;
