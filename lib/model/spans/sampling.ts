import type { Certainty } from '../certainty.ts';
import type { Variable } from '../environment/variable.ts';

/** What the SDK keeps of its spans. */
export interface Sampling {
  readonly status: Certainty;
  readonly message: string;
  /**
   * Of the spans, 0 to 1.
   *
   * @default - not known
   */
  readonly share?: number;
  /** Undefined where no variable sets it. */
  readonly variable: Variable | undefined;
}

/** @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration */
export function samplingOf(environment: ReadonlyMap<string, Variable>): Sampling {
  const variable = environment.get('OTEL_TRACES_SAMPLER');
  if (variable === undefined || variable.value === '') {
    return { status: 'ok', message: 'keeps every span, as SDKs do by default', variable: undefined };
  }
  const sampler = variable.value ?? '';
  const share = sampler.endsWith('traceidratio') ? shareOf(environment.get('OTEL_TRACES_SAMPLER_ARG')) : undefined;
  if (sampler === 'always_on' || sampler === 'parentbased_always_on' || share === 1) {
    return { status: 'ok', message: 'keeps every span', variable };
  }
  if (sampler.endsWith('always_off') || share === 0) {
    return { status: 'broken', message: 'keeps no span', share: 0, variable };
  }
  return share === undefined
    ? { status: 'unknown', message: `keeps what its sampler ${sampler} decides`, variable }
    : { status: 'broken', message: `keeps ${share * 100} % of the spans, and only those are counted`, share, variable };
}

/** Without an argument, or with one that is no share, SDKs keep everything; undefined where it was not read. */
function shareOf(argument: Variable | undefined): number | undefined {
  if (argument !== undefined && !isRead(argument)) {
    return undefined;
  }
  const text = argument?.value ?? '';
  const share = text.trim() === '' ? 1 : Number(text);
  return share >= 0 && share <= 1 ? share : 1;
}

/** Whether the value is known, rather than left to the cluster. */
export const isRead = ({ value }: Variable): boolean => value !== undefined && !/[<$]/.test(value);
