import type { Model } from '../../model/model.ts';
import { type Unreached, unreached } from '../../model/path/reach.ts';
import { type ApplicationContainer, instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import { quoted } from '../../text/quoted.ts';
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
    .map((span) => ({ ...span, ...unreached(model, span) }));
  const reasonOf = ({ reason, cannotTell }: Unreached) => (cannotTell ? reason : undefined);
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
