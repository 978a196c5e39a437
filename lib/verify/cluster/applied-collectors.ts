import type { Manifest } from '../../model/manifest.ts';
import type { Model } from '../../model/model.ts';
import { isOperatorResource } from '../../model/operator/collector-pods.ts';
import type { Workload } from '../../model/workload.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { collectorYamlSchema } from '../../yaml/schema.ts';
import { textAt, valueAt } from '../../yaml/value.ts';
import { broken, type HopCheck, proven, sentences } from '../check.ts';
import { affectsSpans, configurationDrift, type Drift, dataOf, driftOf, driftText } from './drift.ts';
import { dataReferences } from './live-data.ts';
import { applyOf } from './remedies.ts';
import { type ClusterSnapshot, liveManifest, objectKey, unreadList } from './snapshot.ts';

const id = 'applied/collectors';

/** Whether the collectors that are committed as manifests are in the cluster with their configuration. */
export function checkAppliedCollectors(snapshot: ClusterSnapshot, committed: Model): HopCheck[] {
  const workloads = committed.collectors
    .filter(({ fromValues }) => !fromValues)
    .flatMap(
      (collector) =>
        committed.workloads.find(
          ({ title, namespace }) => title === collector.title && namespace === collector.namespace,
        ) ?? [],
    )
    .filter(({ kind, namespace }) => unreadList(snapshot, `${kind.toLowerCase()}s`, namespace) === undefined);
  return workloads.map((workload) => checkOne(snapshot, committed, workload));
}

function checkOne(snapshot: ClusterSnapshot, committed: Model, workload: Workload): HopCheck {
  const { kind, namespace, name, manifest } = workload;
  const live = snapshot.objects.get(objectKey(kind, namespace, name));
  if (live === undefined) {
    return broken(id, `${kind} ${namespace}/${name} is not in the cluster`, {
      remedy: applyOf(manifest),
      place: manifest.place(['metadata', 'name']),
    });
  }
  const configMaps = dataReferences(workload.podTemplate, true).flatMap((reference) => {
    const found = reference.kind === 'ConfigMap' ? committed.find('ConfigMap', reference.name, namespace) : undefined;
    return found === undefined ? [] : [found];
  });
  const drifts = [
    ...ownDrift(manifest, live).map((drift) => ({
      manifest,
      drift,
      affectsSpans: affectsSpans(drift) || isCustom(manifest),
    })),
    ...[...new Set(configMaps)].flatMap((configMap) =>
      driftOfConfigMap(snapshot, configMap, namespace).map((drift) => ({
        manifest: configMap,
        drift,
        affectsSpans: true,
      })),
    ),
  ];
  const text = (each: { readonly manifest: Manifest; readonly drift: Drift }): string =>
    `${each.manifest.kind} ${namespace}/${each.manifest.name}: ${driftText(each.drift)}`;
  const evidence = sentences(...drifts.map(text));
  const first = drifts.find((each) => each.affectsSpans);
  return first === undefined
    ? proven(id, `${kind} ${namespace}/${name} is as it is committed`, { evidence })
    : broken(id, text(first), { remedy: applyOf(first.manifest), evidence });
}

const isCustom = (manifest: Manifest): boolean => isOperatorResource(manifest, 'OpenTelemetryCollector');

/** Of an OpenTelemetryCollector the configuration counts, which one version of its kind has as a text. */
function ownDrift(manifest: Manifest, live: unknown): Drift[] {
  if (!isCustom(manifest)) {
    return driftOf(manifest.value, live);
  }
  const configured = (object: unknown): unknown => ({
    spec: { config: configurationOf(textAt(object, 'spec', 'config')) ?? valueAt(object, 'spec', 'config') },
  });
  return driftOf(configured(manifest.value), configured(live));
}

function driftOfConfigMap(snapshot: ClusterSnapshot, configMap: Manifest, namespace: string): Drift[] {
  const where = { kind: 'ConfigMap', namespace, name: configMap.name };
  const reading = snapshot.data.get(objectKey(where.kind, namespace, where.name));
  if (reading === undefined || 'unread' in reading) {
    return [];
  }
  const live = dataOf(liveManifest(snapshot, where)?.value ?? {});
  return Object.entries(dataOf(configMap.value)).flatMap(([key, value]) => {
    const [one, other] = [value, live[key]].map((text) => configurationOf(textAt({ text }, 'text')));
    return configurationDrift(key, one, other);
  });
}

/** A configuration as YAML, or the text where it is none. */
function configurationOf(text: string | undefined): unknown {
  const parsed = text === undefined ? undefined : parseYaml(text, collectorYamlSchema);
  return parsed === undefined || 'error' in parsed ? text : parsed.value;
}
