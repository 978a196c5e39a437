import { groupBy } from '../../group-by.ts';
import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import type { Cause } from '../../model/path/hop.ts';
import { wrongIdentities } from '../../model/path/pod-identity.ts';
import { brokenHops } from '../../model/path/walked-path.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type InstalledCollector, installedCollectors } from '../../model/values/integration-values.ts';
import { countingPipelines, firstBefore } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { hasEnrichedPaths } from './support/enriched-paths.ts';
import { isEnrichedBefore, podAndNode, spanMetricsPlace } from './support/span-metrics.ts';
import { withoutPodNames } from './support/uncounted-agents.ts';
import { usersOf } from './support/value-source.ts';

export const requirePodAttributes: Rule = {
  id: 'require-pod-attributes',
  severity: 'error',
  documentation: {
    summary:
      'Reports a collector that spans are counted by or end at, and that does not add the names of pod and node to them.',
    why: 'The POD and HOST tabs of a span look for `k8s.pod.name` and `k8s.node.name` on it, and the span metrics carry both. They come from the processor k8sattributes. With the preset off, with `passthrough`, or with a list `extract.metadata` that leaves one out, the tabs are empty for every service. Such a list replaces the chart’s own.',
    remediation:
      'Leave the preset kubernetesAttributes on, and name both in `extract.metadata` where you give the list.',
    example: `opentelemetry-agent:
  presets:
    kubernetesAttributes:
      enabled: true
  config:
    processors:
      k8sattributes:
        extract:
          metadata: [k8s.namespace.name, k8s.deployment.name, k8s.node.name, k8s.pod.name]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor',
    ],
  },
  check: (model) => {
    const installed = new Map(installedCollectors(model).map((entry) => [entry.collector, entry]));
    const found = model.collectors.flatMap((collector) => {
      const finding = lacking(model, collector, installed.get(collector));
      return finding === undefined || hasEnrichedPaths(model, collector) ? [] : [{ collector, finding }];
    });
    const reported = new Set(found.map(({ collector }) => collector));
    return [
      ...found.map(({ collector, finding }) => ({
        ...finding,
        manifest: collectorWorkload(model, collector)?.manifest,
      })),
      ...onPaths(model, reported),
    ];
  },
};

const causes: readonly Cause[] = ['no-lookup', 'not-extracted', 'passthrough', 'foreign-identity', 'removed'];

/** What a path lacks of pod and node although no collector on it is reported. */
function onPaths(model: Model, reported: ReadonlySet<Collector>): RuleFinding[] {
  const presets = new Set(withoutPodNames(model).map(({ collector }) => collector));
  const found = brokenHops(model).filter(
    ({ hop, sender, spanPath: { collectors } }) =>
      hop.name === 'processors' &&
      causes.includes(hop.cause) &&
      !(hop.cause === 'foreign-identity' && wrongIdentities(sender).length > 0) &&
      !collectors.some((collector) => reported.has(collector) || presets.has(collector)),
  );
  const same = groupBy(found, ({ hop, spanPath }) => [spanPath.collector?.title, hop.cause, hop.message].join('\n'));
  return [...same.values()].map((uses) => {
    const [{ hop, sender, spanPath }] = uses;
    const { collector } = spanPath;
    const users = usersOf(uses.map(({ sender: { workload } }) => ({ workload })));
    const { manifest } = (collector && collectorWorkload(model, collector)) ?? {};
    return {
      message: `of the spans of ${users} at ${collector?.title}, ${hop.message}: ${hop.reasons[0]?.message}`,
      place: hop.place?.() ?? sender.workload.place(),
      suggestion: remedy(hop.cause),
      ...(manifest === undefined ? {} : { manifest }),
    };
  });
}

function remedy(cause: Cause): string {
  switch (cause) {
    case 'passthrough':
      return 'write: passthrough: false';
    case 'not-extracted':
      return `add to metadata: ${podAndNode.join(', ')}`;
    case 'removed':
    case 'foreign-identity':
      return 'remove what changes it, or put it behind the span metrics';
    default:
      return 'add k8sattributes to the processors of its traces';
  }
}

function lacking(
  model: Model,
  collector: Collector,
  installed: InstalledCollector | undefined,
): RuleFinding | undefined {
  const counting = countingPipelines(collector.pipelines);
  if (counting.length === 0) {
    return undefined;
  }
  const id = firstBefore(counting, 'k8sattributes');
  if (id === undefined) {
    return isEnrichedBefore(model, collector) ? undefined : withoutProcessor(collector, installed);
  }
  const path = ['processors', id];
  if (textAt(collector.config, ...path, 'passthrough') === 'true') {
    return {
      message: `${id} of ${collector.title} only passes addresses through: spans get no names of pod and node`,
      place: collector.place([...path, 'passthrough']),
      suggestion: 'write: passthrough: false',
    };
  }
  const metadata = [...path, 'extract', 'metadata'];
  const named = listAt(collector.config, ...metadata);
  const missing =
    valueAt(collector.config, ...metadata) === undefined ? [] : podAndNode.filter((name) => !named.includes(name));
  return missing.length === 0
    ? undefined
    : {
        message: `${id} of ${collector.title} does not add ${joinNames(missing)}`,
        place: collector.place(metadata),
        suggestion: `add to metadata: ${missing.join(', ')}`,
      };
}

function withoutProcessor(collector: Collector, installed: InstalledCollector | undefined): RuleFinding {
  const message = `${collector.title} counts spans to which no k8sattributes adds the names of pod and node`;
  if (installed === undefined || installed.values.preset('kubernetesAttributes')) {
    return {
      message,
      place: spanMetricsPlace(collector),
      suggestion: 'add k8sattributes to the processors of its traces',
    };
  }
  const path = [...installed.path, 'presets', 'kubernetesAttributes', 'enabled'];
  return {
    message,
    place: installed.document.place(path),
    suggestion: 'write below its presets: kubernetesAttributes: { enabled: true }',
  };
}
