import type { Model } from '../../model/model.ts';
import { type ApplicationContainer, instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { memoized } from '../../model/spans/memoized.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { joinNames } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import { listAt, numberAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { suggestAgentEndpoint } from './support/endpoints.ts';
import { agree, byReason, usersOf, writtenText } from './support/value-source.ts';

export const requireReachableHostPort: Rule = {
  id: 'require-reachable-host-port',
  severity: 'error',
  documentation: {
    summary:
      'Reports an endpoint at which nothing listens: `localhost`, or the node’s address while no collector takes the port there.',
    why: 'In a pod `localhost` is the pod itself, and the node’s address leads to the agent only when the agent has `hostNetwork` or a `hostPort`. The SDK tries again in the background and drops the spans in the end; the program runs on as if nothing were wrong.',
    remediation: 'Send to the Service of the agent, or give the agent the `hostPort` that the endpoint names.',
    example: `ports:
  - name: otlp
    containerPort: 4317
    hostPort: 4317`,
    see: [
      'https://kubernetes.io/docs/concepts/services-networking/service/#internal-traffic-policy',
      'https://opentelemetry.io/docs/specs/otel/protocol/exporter/',
    ],
  },
  check: (model) => [...unreachable(model), ...leftToTheSdk(model)],
};

function unreachable(model: Model): RuleFinding[] {
  const uses = spanExports(model)
    .filter(({ answer }) => answer.kind === 'loopback' || answer.kind === 'no-host-port')
    .map((span) => ({ ...span, ...verdict(model, span) }));
  const reasonOf = ({ reason, cannotTell }: Verdict) => (cannotTell ? reason : undefined);
  return byReason(model, uses, reasonOf).map(({ source, uses: shared }) => {
    const [{ variable, reason, cannotTell }] = shared;
    return {
      message: `${variable.name} of ${usersOf(shared)} is ${quoted(writtenText(variable))}: ${reason}`,
      place: source.place(),
      suggestion: suggestAgentEndpoint(model),
      manifest: source.manifest,
      cannotTell,
    };
  });
}

interface Verdict {
  readonly reason: string;
  readonly cannotTell: boolean;
}

function verdict(model: Model, { answer, workload, endpoint }: SpanExport): Verdict {
  if (answer.kind === 'loopback' && !workload.hostNetwork) {
    return { reason: 'that is the pod itself, and no collector runs in it', cannotTell: false };
  }
  const agents = agentTitles(model);
  const port = `port ${endpoint.port ?? 'without number'} of the node`;
  return agents === '' || mayBeTaken(model, endpoint.port)
    ? { reason: `whether a collector takes ${port} is in no file that was read`, cannotTell: true }
    : { reason: `${agents} does not take ${port}`, cannotTell: false };
}

const agentTitles = memoized(({ collectors }) =>
  joinNames(collectors.filter(({ onEveryNode }) => onEveryNode).map(({ title }) => title)),
);

/** By pods whose configuration was not read, or by those that an operator makes. */
const mayBeTaken = (model: Model, port: number | undefined): boolean =>
  hasOperator(model) || (port !== undefined && hostPorts(model).has(port));

const hasOperator = memoized(({ manifests }) => manifests.some(({ kind }) => kind === 'OpenTelemetryCollector'));

/** Ports of the node that pods on every node take. */
const hostPorts = memoized(
  ({ workloads }) =>
    new Set(
      workloads
        .filter(({ kind }) => kind === 'DaemonSet')
        .flatMap(({ containers }) => containers.flatMap(({ value }) => listAt(value, 'ports')))
        .map((port) => numberAt(port, 'hostPort')),
    ),
);

/** Without an endpoint an SDK sends to localhost, unless the program sets another, which no manifest shows. */
function leftToTheSdk(model: Model): RuleFinding[] {
  const silent = instrumentedContainers(model).filter(isSilent);
  const [first] = silent;
  return first === undefined
    ? []
    : [
        {
          message: `${usersOf(silent)} ${agree(silent, 'has', 'have')} no OTEL_EXPORTER_OTLP_ENDPOINT: without one in the program, spans go to localhost`,
          place: first.workload.manifest.place(first.container.path),
          suggestion: suggestAgentEndpoint(model).replace('write: ', 'write: OTEL_EXPORTER_OTLP_ENDPOINT='),
          manifest: first.workload.manifest,
          cannotTell: true,
        },
      ];
}

const isSilent = ({ settings: { endpointVariable }, instrumentation }: ApplicationContainer): boolean =>
  instrumentation.kind !== 'injected' && (endpointVariable === undefined || endpointVariable.value === '');
