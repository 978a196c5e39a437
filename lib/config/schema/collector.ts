import { z } from 'zod';
import { unstorableCharacter } from '../../text/characters.ts';
import { dnsLabel, flag, nonEmptyText, textLike } from './scalars.ts';

/** A part of a policy that would not reach the collector as it was written. */
interface PolicyProblem {
  readonly path: PropertyKey[];
  /** Completes the name of the value. */
  readonly message: string;
}

/** What no YAML or JSON between the configuration and the collector keeps as it is. */
function policyProblems(value: unknown, path: PropertyKey[] = []): PolicyProblem[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => {
      const step = Array.isArray(value) ? Number(key) : key;
      const character = unstorableCharacter(key);
      return character === undefined
        ? policyProblems(child, [...path, step])
        : [{ path: [...path, step], message: `must be a key without the character ${character}` }];
    });
  }
  const message =
    typeof value === 'number' ? numberProblem(value) : typeof value === 'string' ? textProblem(value) : undefined;
  return message === undefined ? [] : [{ path, message }];
}

function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) {
    return 'must be a finite number';
  }
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? `must be a whole number of at most ${Number.MAX_SAFE_INTEGER}`
    : undefined;
}

function textProblem(value: string): string | undefined {
  const character = unstorableCharacter(value);
  return character === undefined ? undefined : `must be text without the character ${character}`;
}

/** Refuses a policy with such parts, each in its place. */
const refuseProblems: (policy: unknown, context: z.core.$RefinementCtx) => void = (policy, context) => {
  for (const { path, message } of policyProblems(policy)) {
    context.addIssue({ code: 'custom', path, message });
  }
};

const attributeName = () => textLike(/^[A-Za-z_][A-Za-z0-9_.\-/]*$/, 'an attribute name such as http.method');

/** Policies pass through to the collector; only their name and type are known here. */
const tailSamplingPolicy = z
  .looseObject({
    name: nonEmptyText().describe('Name of the policy, in metrics of the gateway.'),
    type: nonEmptyText().describe('Type of the policy, as the processor tail_sampling has them.'),
  })
  .superRefine(refuseProblems);

const exportType = <T extends string>(name: T) =>
  z.literal(name).describe('By the exporter of Coralogix, or by plain OTLP.');

const coralogixExport = z.strictObject({ type: exportType('coralogix') });

const otlpExport = z.strictObject({
  type: exportType('otlp'),
  endpoint: textLike(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'HOST:PORT, without a scheme')
    .optional()
    .describe('Host and port of an OTLP gRPC back end. Default: ingress.DOMAIN:443.'),
  insecure: flag().default(false).describe('Without TLS; for a back end inside the cluster.'),
});

export const collectorSchema = z.strictObject({
  delivery: z
    .enum(['helm-values', 'manifests', 'existing'])
    .default('helm-values')
    .describe(
      'Who installs the collector: Helm, with the values file; `kubectl apply`, as manifests of its own; or somebody else, so that it is `existing` and no collector is written.',
    ),
  service: dnsLabel()
    .optional()
    .describe(
      'Service of an `existing` agent in `namespace`, whose internalTrafficPolicy must be Local. Default: coralogix-opentelemetry, that of the chart.',
    ),
  export: z
    .discriminatedUnion('type', [coralogixExport, otlpExport])
    .prefault({ type: 'coralogix' })
    .describe('How the manifests send: with the exporter of Coralogix, or plain OTLP to any back end.'),
  namespace: dnsLabel().default('coralogix').describe("Namespace of the Helm release; not the application's own."),
  release: dnsLabel().default('otel-coralogix-integration').describe('Name of the Helm release.'),
  provider: z
    .enum(['on-prem', 'aws', 'gcp', 'azure'])
    .default('on-prem')
    .describe('Where the nodes run; on-prem leaves out the cloud region detectors.'),
  spanMetrics: z
    .strictObject({
      dimensions: z
        .array(attributeName())
        .default([])
        .describe('Dimensions of the span metrics, in addition to those of the chart.'),
      compact: flag()
        .default(true)
        .describe('Make `compact_calls_total` and `compact_duration_ms_*` as well, which APM reads for its lists.'),
      database: flag()
        .default(true)
        .describe('Make `db_calls_total` and `db_duration_ms_*` as well, which the Databases page of APM reads.'),
    })
    .prefault({})
    .describe('The metrics that are made of spans.'),
  loadBalancing: z
    .strictObject({
      enabled: flag().default(true).describe('Send all spans of a trace to one gateway, where tail sampling decides.'),
      policies: z
        .array(tailSamplingPolicy)
        .default([{ name: 'keep-all', type: 'always_sample' }])
        .describe('Tail sampling policies of the gateway. Default: keep every trace.'),
    })
    .prefault({})
    .describe('The gateway, and which traces it keeps.'),
});
