import { makesSpanMetrics } from '../../model/collector/collector.ts';
import { judgedSampling } from '../../model/path/sdk/judged-sampling.ts';
import { instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { memoized } from '../../model/spans/memoized.ts';
import { isRead, samplingOf } from '../../model/spans/sampling.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import type { Container } from '../../model/workload.ts';
import type { Rule } from '../rule.ts';
import { byReason, usersOf } from './support/value-source.ts';

export const noUndercountingSampler: Rule = {
  id: 'no-undercounting-sampler',
  severity: 'error',
  documentation: {
    summary: 'Reports a sampler of the SDK that drops spans while the collector counts them.',
    why: 'Span metrics count the spans that arrive. With a sampler that keeps one in ten, `calls_total` is a tenth of the calls, errors that were not sampled never happened, and a rare operation has no series at all. Nothing shows that a sampler is the reason.',
    remediation: 'Keep every span in the SDK, and sample whole traces at the gateway, behind the span metrics.',
    example: `env:
  - name: OTEL_TRACES_SAMPLER
    value: parentbased_always_on`,
    see: [
      'https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration',
    ],
  },
  check(model) {
    const { collectors } = model;
    const isCounted = collectors.length === 0 || collectors.some(makesSpanMetrics);
    const uses = instrumentedContainers(model).flatMap((found) => {
      const { status, variable } = judgedSampling(model, found.environment);
      const isRelevant = status === 'broken' || (status === 'unknown' && isCounted);
      return variable === undefined || !isRelevant || !isRead(variable) ? [] : [{ ...found, variable, status }];
    });
    const reasonOf = ({ status }: (typeof uses)[number]) =>
      status === 'unknown' && collectors.length === 0 ? argumentName : undefined;
    return byReason(model, uses, reasonOf).map(({ source, uses: shared }) => {
      const [{ variable, environment, status }] = shared;
      const argument = environment.get(argumentName)?.value;
      const sampler = argument === undefined ? variable.value : `${variable.value} ${argument}`;
      const isLost = shared.every(({ container }) => lostSpans(model).has(container));
      const judged = samplingOf(environment);
      const metrics =
        collectors.length > 0 ? 'the span metrics count' : 'span metrics, if the collector makes any, count';
      return {
        message: `${variable.name} of ${usersOf(shared)} is ${sampler}${judged.share === 0 && !collectors.some(makesSpanMetrics) ? ', so no span is sent' : judged.status === 'broken' ? `, so ${metrics} too few spans${isLost ? ' once they arrive' : ''}` : `: whether it keeps every span is not known, and ${metrics} those that it keeps`}`,
        place: source.place(),
        suggestion: 'write: parentbased_always_on',
        manifest: source.manifest,
        cannotTell: status === 'unknown',
        ...(isLost ? { severity: 'warning' } : {}),
      };
    });
  },
};

/** Containers whose spans reach nothing, which is reported as the error that it is. */
const lostSpans = memoized(
  (model): ReadonlySet<Container> =>
    new Set(
      spanExports(model)
        .filter(({ answer }) => ['loopback', 'no-host-port', 'no-service', 'no-pods'].includes(answer.kind))
        .map(({ container }) => container),
    ),
);

const argumentName = 'OTEL_TRACES_SAMPLER_ARG';
