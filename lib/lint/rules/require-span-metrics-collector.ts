import { groupBy } from '../../group-by.ts';
import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { noCollector } from '../../model/path/no-collector.ts';
import { brokenHops } from '../../model/path/walked-path.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { type WrongCollector, wrongCollector } from '../../model/spans/wrong-collector.ts';
import { installedCollectors } from '../../model/values/integration-values.ts';
import type { Place } from '../../problems/problem.ts';
import { type Path, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { suggestAgentEndpoint } from './support/endpoints.ts';
import { uncountedAgents } from './support/uncounted-agents.ts';
import { agree, byReason, byValue, usersOf } from './support/value-source.ts';

export const requireSpanMetricsCollector: Rule = {
  id: 'require-span-metrics-collector',
  severity: 'error',
  documentation: {
    summary:
      'Reports an endpoint that leads to a collector that makes no span metrics, such as the cluster collector of the chart.',
    why: 'The Service Catalog and the Pod & Host view are drawn from `calls_total` and `duration_ms_bucket`, which only a collector with the span metrics connector makes. The cluster collector takes spans and even adds the pod, but it makes no metrics of them, and it names its own node as their host. Traces then look complete while the service has no row.',
    remediation: 'Send to the Service of the agent, which makes span metrics and stands on the pod’s own node.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector',
      'https://github.com/coralogix/telemetry-shippers/tree/master/otel-integration/k8s-helm',
    ],
  },
  check(model) {
    const uncounted = new Map(
      brokenHops(model).flatMap(({ hop, sender, spanPath: { collector } }) =>
        hop.cause === 'no-span-metrics' && collector !== undefined ? [[sender.container, collector] as const] : [],
      ),
    );
    const found = spanExports(model).flatMap((span): Found[] => {
      const collector = uncounted.get(span.container);
      const wrong =
        wrongCollector(model, span) ?? (collector === undefined ? undefined : { collector, elsewhere: undefined });
      return wrong === undefined ? [] : [{ ...span, wrong }];
    });
    const isAgent = ({ wrong }: Found) => wrong.collector.tier === 'agent';
    return [
      ...atEndpoint(
        model,
        found.filter((span) => !isAgent(span)),
      ),
      ...atAgent(model, found.filter(isAgent)),
      ...switchedOff(model, new Set(found.map(({ wrong }) => wrong.collector))),
      ...notKnown(model),
    ];
  },
};

type Found = SpanExport & { readonly wrong: WrongCollector };

function atEndpoint(model: Model, found: readonly Found[]): RuleFinding[] {
  return byValue(model, found).map(({ source, uses }) => {
    const [{ variable, answer, wrong }] = uses;
    const { collector, elsewhere } = wrong;
    const leads =
      elsewhere !== undefined && answer.kind === 'no-service'
        ? `names no Service of namespace ${answer.namespace}, and that of namespace ${elsewhere.namespace} leads to`
        : 'leads to';
    return {
      message: `${variable.name} of ${usersOf(uses)} ${leads} ${collector.title}, which makes no span metrics`,
      place: source.place(),
      suggestion: suggestAgentEndpoint(model),
      manifest: source.manifest,
    };
  });
}

/** The endpoint is right, and what is wrong stands in the agent's configuration. */
const atAgent = (model: Model, found: readonly Found[]): RuleFinding[] =>
  [...groupBy(found, ({ wrong }) => wrong.collector.title).values()].map((uses) => {
    const [{ wrong }] = uses;
    const { collector } = wrong;
    return {
      message: `${collector.title} makes no span metrics of what ${usersOf(uses)} ${agree(uses, 'sends', 'send')}`,
      place: agentPlace(model, collector),
      suggestion: collector.fromValues
        ? `write ${whereOf(collector.rendered?.path ?? [])}: presets: { spanMetrics: { enabled: true } }`
        : 'add the connector spanmetrics to the exporters of the traces pipeline',
      manifest: collectorWorkload(model, collector)?.manifest,
    };
  });

function agentPlace(model: Model, collector: Collector): Place {
  const installed = installedCollectors(model).find((entry) => entry.collector === collector);
  const path = [...(installed?.path ?? []), ...preset];
  return installed !== undefined && valueAt(installed.document.value, ...path) !== undefined
    ? installed.document.place(path)
    : collector.place(['connectors', 'spanmetrics']);
}

const whereOf = (path: Path): string => (path.length === 0 ? 'at the top' : `below ${path.join('.')}`);

const preset = ['presets', 'spanMetrics', 'enabled'];

/** @param reported collectors of which something else is wrong already */
const switchedOff = (model: Model, reported: ReadonlySet<Collector>): RuleFinding[] =>
  uncountedAgents(model)
    .filter(({ collector, values }) => !reported.has(collector) && !values.preset('spanMetrics'))
    .map(({ document, path }) => ({
      message: `spanMetrics of ${path.join('.')} is off, and no other collector of the installation makes span metrics`,
      place: document.place([...path, ...preset]),
      suggestion: 'write: enabled: true',
    }));

function notKnown(model: Model): RuleFinding[] {
  const uses = spanExports(model).flatMap((span) => {
    const reason = noCollector(model, span) === undefined ? unknownReason(span) : undefined;
    return reason === undefined ? [] : [{ ...span, reason }];
  });
  return byReason(model, uses, ({ reason }) => reason).map(({ source, uses }) => {
    const [{ variable, reason }] = uses;
    return {
      message: `whether ${variable.name} of ${usersOf(uses)} leads to a collector with span metrics is not known: ${reason}`,
      place: source.place(),
      manifest: source.manifest,
      cannotTell: true,
    };
  });
}

/** Why the answer is not known; nothing where another rule reports the endpoint. */
function unknownReason({ answer, endpoint, variable }: SpanExport): string | undefined {
  if (answer.kind === 'workload') {
    return `the configuration of ${answer.workloads[0]?.title ?? 'the collector'} was not read`;
  }
  if (answer.kind === 'collector' && answer.collector.unread?.kind === 'elsewhere') {
    return `the configuration of ${answer.collector.title} was not read`;
  }
  const holdsReference = /\$[({]/.test(endpoint.text);
  return answer.kind === 'unknown' && !holdsReference && variable.value !== undefined ? answer.reason : undefined;
}
