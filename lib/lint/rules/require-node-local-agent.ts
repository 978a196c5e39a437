import { groupBy } from '../../group-by.ts';
import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import type { Service } from '../../model/network/service.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { valuesWithoutAgentService } from '../../model/spans/wrong-collector.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { agree, usersOf } from './support/value-source.ts';

export const requireNodeLocalAgent: Rule = {
  id: 'require-node-local-agent',
  severity: 'error',
  documentation: {
    summary: 'Reports a Service of the agent that is not there, or that also leads to the agents of other nodes.',
    why: 'Every agent watches the pods of its own node only, and adds its own node as host. With `internalTrafficPolicy: Cluster`, the default, most spans reach the agent of another node: they get no pod, and a wrong host. The chart creates the Service only with `service.enabled: true`; without it the name does not resolve.',
    remediation:
      'Switch on `service` below `opentelemetry-agent`, and leave its `internalTrafficPolicy` at the chart’s `Local`.',
    example: `opentelemetry-agent:
  service:
    enabled: true
    internalTrafficPolicy: Local`,
    see: ['https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/'],
  },
  check: (model) => [...throughOtherNodes(model), ...withoutService(model)],
};

function throughOtherNodes(model: Model): RuleFinding[] {
  const found = spanExports(model).flatMap(({ workload, answer }) => {
    const service = answer.kind === 'collector' ? answer.services.at(-1) : undefined;
    return answer.kind === 'collector' && service !== undefined && leavesNode(service, answer.collector)
      ? [{ workload, service }]
      : [];
  });
  return [...groupBy(found, ({ service }) => `${service.isAtNode} ${service.namespace}/${service.name}`).values()].map(
    (uses) => {
      const [{ service }] = uses;
      const title = `Service ${service.name} of namespace ${service.namespace}`;
      const manifest = model.find('Service', service.name, service.namespace);
      if (service.isAtNode === true) {
        return {
          message: `${title} takes a port of every node, so ${usersOf(uses)} may reach the agent of any node`,
          place: service.place(),
          suggestion: 'send to a hostPort of the agent, or to a Service of it with internalTrafficPolicy: Local',
          manifest,
        };
      }
      return {
        message: service.headless
          ? `${title} is headless, so ${usersOf(uses)} may reach the agent of any node`
          : `${title} has internalTrafficPolicy ${service.internalTrafficPolicy}, so ${usersOf(uses)} may reach the agent of any node`,
        place: placeIn(service, manifest?.place(['spec', service.headless ? 'clusterIP' : 'internalTrafficPolicy'])),
        suggestion: service.headless
          ? 'remove clusterIP: None, and write: internalTrafficPolicy: Local'
          : 'write: internalTrafficPolicy: Local',
        manifest,
      };
    },
  );
}

const placeIn = (service: Service, written: RuleFinding['place'] | undefined) => written ?? service.place();

const leavesNode = (
  { headless, internalTrafficPolicy, externalTrafficPolicy, isAtNode = false }: Service,
  { onEveryNode }: Collector,
): boolean =>
  onEveryNode && (isAtNode ? externalTrafficPolicy !== 'Local' : headless || internalTrafficPolicy !== 'Local');

function withoutService(model: Model): RuleFinding[] {
  const uses = spanExports(model).filter(({ answer }) => valuesWithoutAgentService(model, answer) !== undefined);
  const [first] = uses;
  const values = first === undefined ? undefined : valuesWithoutAgentService(model, first.answer);
  return values === undefined || first === undefined
    ? []
    : [
        {
          message: `${usersOf(uses)} ${agree(uses, 'sends', 'send')} to Service ${nameOf(first)}, which the chart makes only when it is switched on`,
          place: values.document.place([...values.root, 'opentelemetry-agent', 'service', 'enabled']),
          suggestion: 'write below opentelemetry-agent: service: { enabled: true }',
        },
      ];
}

const nameOf = ({ answer }: SpanExport): string =>
  answer.kind === 'no-service' ? `${answer.name} of namespace ${answer.namespace}` : '';
