import type { Variable } from '../../model/environment/variable.ts';
import type { Model } from '../../model/model.ts';
import { parseEndpoint } from '../../model/network/endpoint.ts';
import { noCollector } from '../../model/path/no-collector.ts';
import { isCollectorContainer } from '../../model/spans/collector-container.ts';
import { instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { isOffTheShelf } from '../../model/spans/off-the-shelf.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import { joinNames } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { containersOf } from './support/containers.ts';
import { agentEndpoint, hasAgentService, suggestAgentEndpoint } from './support/endpoints.ts';
import { type ContainerUse, environmentFix } from './support/environment-fix.ts';
import { byValue, usersOf } from './support/value-source.ts';

export const noDirectExport: Rule = {
  id: 'no-direct-export',
  severity: 'error',
  documentation: {
    summary:
      'Reports telemetry that goes past the collector, to Coralogix itself or to something that is no collector.',
    why: 'Only the agent on the pod’s node knows which pod a span is from, and only the agent makes span metrics. Spans that go straight to Coralogix arrive, and look right in a trace; but their POD and HOST tabs are empty, and the service has no row in the Service Catalog.',
    remediation:
      'Send to the agent, which has the key and sends on; the application then needs neither the domain nor the key.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317
  - name: OTEL_EXPORTER_OTLP_PROTOCOL
    value: grpc`,
    see: [
      'https://opentelemetry.io/docs/specs/otel/protocol/exporter/',
      'https://coralogix.com/docs/user-guides/apm/getting-started/apm-onboarding-tutorial/',
    ],
  },
  check: (model) => [...pastCollectors(model), ...toSomethingElse(model)],
};

const endpointName = /^OTEL_EXPORTER_OTLP_(TRACES_|METRICS_|LOGS_)?ENDPOINT$/;

function pastCollectors(model: Model): RuleFinding[] {
  const sending = new Set(instrumentedContainers(model).map(({ container }) => container));
  const uses = containersOf(model).flatMap(({ workload, container, environment }) =>
    isCollectorContainer(model, workload, container) || (isOffTheShelf(container) && !sending.has(container))
      ? []
      : [...environment.values()].flatMap((variable) => {
          const isOverridden =
            variable.name === 'OTEL_EXPORTER_OTLP_ENDPOINT' && environment.has('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
          const isIngest = !isOverridden && leadsToIngest(variable.name, variable.value ?? '');
          return isIngest ? [{ workload, container, variable }] : [];
        }),
  );
  return byValue(model, uses).map(({ source, uses }) => {
    const [{ variable }] = uses;
    return {
      message: `${variable.name} of ${usersOf(uses)} is ${quoted(variable.value ?? '', variable.name)}, past every collector`,
      place: source.place(),
      suggestion: endpointName.test(variable.name)
        ? suggestAgentEndpoint(model)
        : `remove it, and write: OTEL_EXPORTER_OTLP_ENDPOINT=${agentEndpoint(model)}`,
      manifest: source.manifest,
      ...agentFix(model, uses[0]),
    };
  });
}

/** For other variables than those of the SDK only ingest counts: Coralogix has hosts for much else. */
function leadsToIngest(name: string, value: string): boolean {
  // Most values are no endpoints at all.
  if (!/coralogix/i.test(value)) {
    return false;
  }
  const { host } = parseEndpoint(value);
  return host.kind === 'coralogix' && (endpointName.test(name) || host.name.startsWith('ingress.'));
}

function toSomethingElse(model: Model): RuleFinding[] {
  const uses = spanExports(model).flatMap((span) => {
    const workloads = noCollector(model, span);
    return workloads === undefined ? [] : [{ ...span, workloads }];
  });
  return byValue(model, uses).map(({ source, uses }) => {
    const [{ variable, workloads }] = uses;
    const answering = joinNames(workloads.map(({ title }) => title));
    return {
      message: `${variable.name} of ${usersOf(uses)} leads to ${answering}, which is no collector`,
      place: source.place(),
      suggestion: suggestAgentEndpoint(model),
      manifest: source.manifest,
      ...agentFix(model, uses[0]),
    };
  });
}

const tracesEndpointName = /^OTEL_EXPORTER_OTLP_(TRACES_)?ENDPOINT$/;

/** The agent's endpoint and a protocol that its port takes, where a Service leads to an agent that was read. */
const agentFix = (model: Model, use: ContainerUse & { readonly variable: Variable }): Pick<RuleFinding, 'fix'> =>
  hasAgentService(model) && use.variable.origin.kind === 'literal' && tracesEndpointName.test(use.variable.name)
    ? { fix: environmentFix(model, use, [{ kind: 'endpoint', url: agentEndpoint(model) }]).fix }
    : {};
