import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, configuredCollectors } from '../../model/collector/part.ts';
import { collectorRuntime, isOlderThan, sendingCollectors } from '../../model/collector/runtime.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { componentType } from '../../pipeline/component.ts';
import { statementKeys } from '../../pipeline/ottl.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import { isMapping, listAt, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const uniqueSeriesWriter: Rule = {
  id: 'unique-series-writer',
  severity: 'error',
  documentation: {
    summary: 'Reports several pods of a collector that write the same series of span metrics.',
    why: 'Each pod counts the spans that it gets, and all write one series when nothing in it names the writer. The store keeps the last value: counters jump between the pods’ numbers, each fall counts as a restart, and rates and error rates are far too high or too low. Agents are safe, as every pod sends to the one of its node.',
    remediation:
      'Count on the agents, route by `routing_key: service`, or leave `collector.instance.id` among the labels.',
    example: `connectors:
  spanmetrics:
    exclude_dimensions: [] # not: [collector.instance.id]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => configuredCollectors(model).flatMap((collector) => sharedSeries(model, collector)),
};

/** The label that names the writer is there since 0.152. */
const withLabel = 152;

/** Attributes that tell the pods of a collector apart. */
const writers: readonly string[] = ['service.instance.id', 'collector.instance.id'];

/** The processor that deletes an attribute from the metrics of a connector. */
function deletionOf({ pipelines, config }: Collector, connector: string, name: string): string | undefined {
  const quotedName = JSON.stringify(name);
  return pipelines
    .consumersOf(connector)
    .flatMap(({ processors }) => processors)
    .find((id) => {
      const settings = valueAt(config, 'processors', id);
      switch (componentType(id)) {
        case 'transform':
          return textsIn(valueAt(settings, statementKeys.metrics)).some(
            (text) => /^delete_keys?\(/.test(text) && text.includes(quotedName),
          );
        case 'attributes':
          return listAt(settings, 'actions').some(
            (action) => textAt(action, 'action') === 'delete' && textAt(action, 'key') === name,
          );
        default:
          return false;
      }
    });
}

/** All texts in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value.trim()]
    : Array.isArray(value)
      ? value.flatMap(textsIn)
      : isMapping(value)
        ? Object.values(value).flatMap(textsIn)
        : [];

function sharedSeries(model: Model, collector: Collector): RuleFinding[] {
  const { pipelines, config, title, onEveryNode, dimensions } = collector;
  const connector = mainSpanMetricsConnector(pipelines.all);
  const runtime = collectorRuntime(model, collector);
  if (connector === undefined || runtime === undefined || onEveryNode || runtime.replicas < 2) {
    return [];
  }
  const path = ['connectors', connector, 'exclude_dimensions'];
  const isExcluded = textListAt(config, ...path).includes('collector.instance.id');
  const isNew = runtime.version !== undefined && !isOlderThan(runtime, withLabel);
  const isSwitchedOn = runtime.args.some(({ text }) =>
    /(^|[=,+])connector\.spanmetrics\.includeCollectorInstanceID/.test(text),
  );
  const labels = [
    ...((isNew || isSwitchedOn) && !isExcluded ? ['collector.instance.id'] : []),
    ...dimensions.map(({ name }) => name).filter((name) => writers.includes(name)),
  ];
  const deletion = labels.flatMap((name) => deletionOf(collector, connector, name) ?? [])[0];
  const isNamed = labels.some((name) => deletionOf(collector, connector, name) === undefined);
  // Without the version nobody knows whether the label is there.
  if (
    isNamed ||
    isRouted(model, collector) ||
    (runtime.version === undefined && !isExcluded && deletion === undefined)
  ) {
    return [];
  }
  return [
    {
      message: `${runtime.replicas} pods of ${title} write the same series of ${connector}: no label names the writer`,
      place:
        deletion === undefined
          ? isExcluded
            ? collector.place(path)
            : runtime.replicasPlace
          : collector.place(['processors', deletion]),
      suggestion:
        deletion !== undefined
          ? `leave collector.instance.id on the metrics: ${deletion} deletes it`
          : isExcluded
            ? 'take collector.instance.id out of exclude_dimensions, or send by loadbalancing with routing_key: service'
            : 'write: replicas: 1, or send by loadbalancing with routing_key: service',
      manifest: collectorWorkload(model, collector)?.manifest,
    },
  ];
}

/** Whether all spans of a service come to one pod. */
function isRouted(model: Model, collector: Collector): boolean {
  const senders = sendingCollectors(model, collector);
  return (
    senders.length > 0 &&
    senders.every((sender) =>
      componentsOf(sender, 'exporters', 'loadbalancing').some(
        ({ settings }) => textAt(settings, 'routing_key') === 'service',
      ),
    )
  );
}
