import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, configuredCollectors, pipelinePath } from '../../model/collector/part.ts';
import { collectorRuntime, sendingCollectors } from '../../model/collector/runtime.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { processorOf } from '../../pipeline/pipelines.ts';
import { countingPipelines, firstBefore } from '../../pipeline/spans.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const requireWholeTraces: Rule = {
  id: 'require-whole-traces',
  severity: 'warning',
  documentation: {
    summary: 'Reports a `tail_sampling` that sees parts of traces only.',
    why: 'Tail sampling decides by the spans of a trace that one collector has. On agents each sees the spans of its own node, behind an ordinary Service each of several gateways gets some, and with `routing_key: service` the spans of one service. Every part is then decided for itself: traces arrive in pieces, and an error keeps only the piece it is in.',
    remediation:
      'Sample on a gateway, and send to it by the exporter `loadbalancing` with `routing_key: traceID` and a headless Service.',
    example: `exporters:
  loadbalancing:
    routing_key: traceID
    protocol: { otlp: { tls: { insecure: true } } }
    resolver: { dns: { hostname: coralogix-opentelemetry-gateway } }`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter',
    ],
  },
  check: (model) => configuredCollectors(model).flatMap((collector) => partsOfTraces(model, collector)),
};

function partsOfTraces(model: Model, collector: Collector): RuleFinding[] {
  const { pipelines, title, place } = collector;
  const sampling = pipelines.of('traces').find((pipeline) => processorOf(pipeline, 'tail_sampling') !== undefined);
  const id = sampling && processorOf(sampling, 'tail_sampling');
  if (sampling === undefined || id === undefined) {
    return [];
  }
  const { manifest } = collectorWorkload(model, collector) ?? {};
  const at = place(pipelinePath(sampling.id, 'processors', sampling.processors.indexOf(id)));
  const senders = sendingCollectors(model, collector);
  const balanced = senders.flatMap((sender) =>
    componentsOf(sender, 'exporters', 'loadbalancing')
      .filter((exporter) => isUsed(sender, exporter.id))
      .map((exporter) => ({ sender, exporter })),
  );
  const byService = balanced.find(({ exporter }) => !isByTrace(exporter.settings));
  if (byService !== undefined) {
    const { sender, exporter } = byService;
    const key = textAt(exporter.settings, 'routing_key');
    return [
      {
        message: `${exporter.id} of ${sender.title} routes by ${key}, and ${id} of ${title} samples whole traces`,
        place: sender.place(['exporters', exporter.id, 'routing_key']),
        suggestion:
          sender.rendered?.draft.originOf('exporters', exporter.id) === 'loadBalancing'
            ? 'write: routingKey: traceID'
            : 'write: routing_key: traceID',
        manifest: collectorWorkload(model, sender)?.manifest,
      },
    ];
  }
  if (collector.onEveryNode) {
    // Where it samples before it counts as well, another rule says to take it away.
    return balanced.length > 0 || firstBefore(countingPipelines(pipelines), 'tail_sampling') !== undefined
      ? []
      : [
          {
            message: `${title} runs ${id} on every node, where each pod has the spans of its own node only`,
            place: at,
            suggestion: 'move tail_sampling to a gateway, and send to it by loadbalancing with routing_key: traceID',
            manifest,
          },
        ];
  }
  const runtime = collectorRuntime(model, collector);
  const { replicas = 1 } = runtime ?? {};
  if (
    replicas < 2 ||
    (balanced.length > 0 && senders.every((sender) => balanced.some((each) => each.sender === sender)))
  ) {
    return [];
  }
  const [sender] = senders.filter((each) => !balanced.some((known) => known.sender === each));
  return [
    {
      message:
        sender === undefined
          ? `${id} runs in ${replicas} pods of ${title}, and nothing that was read routes spans to them by trace`
          : `${id} runs in ${replicas} pods of ${title}, and ${sender.title} sends to any of them`,
      place: runtime?.replicasPlace ?? at,
      suggestion: `write: ${collector.fromValues ? 'replicaCount' : 'replicas'}: 1, or send by the exporter loadbalancing with routing_key: traceID`,
      manifest,
    },
  ];
}

const isUsed = ({ pipelines }: Collector, id: string): boolean =>
  pipelines.of('traces').some(({ exporters }) => exporters.includes(id));

/** Traces are routed by their id where nothing else is configured. */
const isByTrace = (settings: unknown): boolean => ['traceID', ''].includes(textAt(settings, 'routing_key') ?? '');
