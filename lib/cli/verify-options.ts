import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { type HopId, hops, type OptionalHop, optionalHops } from '../verify/hop.ts';
import type { ModelOptions } from './model-input.ts';

export interface VerifyOptions extends ModelOptions {
  readonly config?: readonly string[];
  readonly context?: string;
  readonly cluster: boolean;
  readonly coralogix: boolean;
  readonly apiHost?: string;
  readonly service: readonly string[];
  readonly only: readonly string[];
  /** Milliseconds. */
  readonly wait: number;
  readonly format: 'text' | 'json' | 'junit';
  readonly verbose?: boolean;
  /** File to write the page to. */
  readonly html?: string;
  /** File to pack the evidence into. */
  readonly bundle?: string;
  readonly watch?: boolean;
  readonly printRole?: boolean;
  readonly probe?: boolean;
  readonly kubelet?: boolean;
  readonly catalogue?: boolean;
  /** Image of the probe; without it that of the OpenTelemetry project. */
  readonly probeImage?: string;
}

/** @throws PodhostError with every option of `podhost verify` that excludes another one */
export function assertUsage(options: VerifyOptions): void {
  const { probe, cluster, only, watch, wait, format } = options;
  const problems: Problem[] = [];
  const refuse = (code: Problem['code'], message: string, suggestion: string): void => {
    problems.push({ code, message, suggestion });
  };
  if (probe === true && !cluster) {
    refuse(
      'verify/probe-without-cluster',
      '--probe runs in the cluster, which --no-cluster leaves out',
      'leave out one of the two options',
    );
  }
  for (const id of optionalHops.filter((each) => options[each] !== true && only.includes(each))) {
    refuse('verify/optional-hop', `the hop ${id} is checked with --${id} only`, `write: --${id} --only ${id}`);
  }
  if (watch === true && wait > 0) {
    refuse('verify/watch-and-wait', '--watch has no end that --wait could set', 'leave out one of the two options');
  }
  if (watch === true && format !== 'text') {
    refuse('verify/watch-format', `--watch prints lines of text, and not ${format}`, 'write: --format text');
  }
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
}

/** The hops whose options are given. */
export const optionsGiven = (options: VerifyOptions): OptionalHop[] =>
  optionalHops.filter((id) => options[id] === true);

/**
 * The hops that `--only` names.
 *
 * @throws PodhostError when there is no hop of a name
 */
export function hopsNamed(only: readonly string[]): HopId[] {
  const ids: readonly HopId[] = hops.map(({ id }) => id);
  const written = only.flatMap((each) => each.split(',')).filter((each) => each !== '');
  const wrong = written.find((each) => !ids.some((id) => id === each));
  if (wrong !== undefined) {
    const meant = didYouMean(wrong, ids);
    throw new PodhostError([
      {
        code: 'verify/no-hop',
        message: `there is no hop ${wrong}: there are ${ids.join(', ')}`,
        suggestion: meant === undefined ? 'name one of them by --only' : `write: --only ${meant}`,
      },
    ]);
  }
  return ids.filter((id) => written.includes(id));
}
