import { isMapping, type Mapping, mappingAt, type Path } from '../yaml/value.ts';
import type { ChartChange } from './changes.ts';
import type { ChartValues } from './chart-values.ts';
import { collectorSubChart } from './schema/sub-chart.ts';
import { type SchemaProblem, validate } from './schema/validate.ts';
import { fieldOf, isNothing, TemplateError } from './template.ts';

/** Why helm installs nothing. */
export interface Refusal {
  readonly kind: /** The values of a sub-chart are no mapping. */
    | 'type'
    /** The schema of a sub-chart. */
    | 'schema'
    /** A template stops. */
    | 'template'
    /** What a template made is no YAML. */
    | 'yaml';
  /** In the words of helm: of a schema one or more lines. */
  readonly reason: string;
  /** Where the values stand, or as near as they do. */
  readonly path: Path;
  /**
   * What to write instead.
   *
   * @default - not known
   */
  readonly suggestion?: string;
  /**
   * What the schema refuses.
   *
   * @default - it is no schema that refuses
   */
  readonly problem?: SchemaProblem;
}

/** @param path where the values of the sub-chart stand */
export const schemaRefusals = ({ all, written, missing }: ChartValues, path: Path): Refusal[] =>
  [...validate(all, collectorSubChart), ...laterKeys(written, missing)].map((problem) => ({
    kind: 'schema',
    reason: problem.reasons.map((reason) => `- ${reason}`).join('\n'),
    path: [...path, ...problem.path],
    problem,
  }));

/** Keys that the known version takes, and an earlier one refuses. */
const laterKeys = (written: Mapping, missing: ReadonlySet<ChartChange>): SchemaProblem[] =>
  (missing.has('seriesExpiration') ? ['spanMetrics', 'spanMetricsMulti'] : []).flatMap((preset): SchemaProblem[] => {
    const settings = mappingAt(written, 'presets', preset);
    const key = 'seriesExpiration';
    const path = ['presets', preset, key];
    const reason = `presets.${preset}: Additional property ${key} is not allowed`;
    return Object.hasOwn(settings, key) ? [{ kind: 'unknown-key', path, known: [], reasons: [reason] }] : [];
  });

/** @param path where the values of the sub-chart stand */
export const templateRefusal = (failure: TemplateError, path: Path): Refusal => ({
  kind: 'template',
  reason: failure.message,
  path: [...path, ...(failure.path ?? [])],
  ...(failure.suggestion === undefined ? {} : { suggestion: failure.suggestion }),
});

/** What helm refuses of the values of `otel-integration` that are no sub-chart's. */
export function refusalsOfUmbrella(
  values: Mapping,
  mismatch: { readonly alias: string; readonly value: unknown } | undefined,
): Refusal[] {
  if (mismatch !== undefined) {
    const reason = `type mismatch on ${mismatch.alias}: ${printedAsBool(mismatch.value)}`;
    return [{ kind: 'type', reason, path: [mismatch.alias] }];
  }
  const gone = values['coralogix-ebpf-agent'];
  const ofGone: Refusal[] =
    isMapping(gone) && gone['enabled'] === true
      ? [{ kind: 'template', reason: deprecated, path: ['coralogix-ebpf-agent', 'enabled'] }]
      : [];
  const ofGlobals = ['domain', 'clusterName'].flatMap((key) => {
    try {
      const value = fieldOf(values, '.Values', ['global', key], ['global']);
      if (value === '') {
        throw new TemplateError(missing[key] ?? '', undefined, ['global', key]);
      }
      if (!isNothing(value) && typeof value !== 'string') {
        const reason = `error calling eq: ${typeof value === 'object' ? 'non-comparable type' : 'incompatible types for comparison'}`;
        throw new TemplateError(reason, `eq .Values.global.${key} ""`, ['global', key]);
      }
      return [];
    } catch (error) {
      if (error instanceof TemplateError) {
        return [templateRefusal(error, [])];
      }
      throw error;
    }
  });
  return [...ofGlobals, ...ofGone];
}

const deprecated =
  "[ERROR] 'coralogix-ebpf-agent' is deprecated. For ebpf instrumentation use 'opentelemetry-ebpf-agent.enabled' instead.";

const missing: Readonly<Record<string, string>> = {
  domain: "[ERROR] 'global.domain' must be set. See https://coralogix.com/docs/coralogix-endpoints for instructions.",
  clusterName: "[ERROR] 'global.clusterName' must be set with your Kubernetes cluster name.",
};

/** As Go prints it where it expects a boolean. */
function printedAsBool(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printedAsBool).join(' ')}]`;
  }
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, entry]) => `%!t(string=${key}):${printedAsBool(entry)}`);
    return `map[${entries.sort().join(' ')}]`;
  }
  if (isNothing(value)) {
    return '%!t(<nil>)';
  }
  return typeof value === 'boolean'
    ? String(value)
    : `%!t(${typeof value === 'number' ? 'float64' : 'string'}=${String(value)})`;
}
