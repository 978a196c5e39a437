import type { Manifest } from '../../model/manifest.ts';
import type { Model } from '../../model/model.ts';
import { answerTo } from '../../model/spans/answer-to.ts';
import { type Mapping, mappingAt } from '../../yaml/value.ts';
import { broken, type HopCheck, proven, sentences, unchecked } from '../check.ts';
import type { Target } from '../target.ts';
import { targetTitle } from '../target.ts';
import { affectsSpans, type Drift, dataOf, driftOf, driftText, isTelemetryVariable } from './drift.ts';
import { dataReferences } from './live-data.ts';
import { applyOf } from './remedies.ts';
import { type ClusterSnapshot, liveManifest, objectKey, unreadList } from './snapshot.ts';

const id = 'applied/objects';

/** Whether the objects on the path of a service are in the cluster as they are committed. */
export function checkApplied(snapshot: ClusterSnapshot, committed: Model, target: Target): HopCheck {
  const { manifest } = target.sender.workload;
  const resource = `${target.kind.toLowerCase()}s`;
  const unread = unreadList(snapshot, resource, target.namespace);
  if (unread !== undefined) {
    return unchecked(id, unread.unread, unread);
  }
  const live = snapshot.objects.get(objectKey(target.kind, target.namespace, target.name));
  const place = manifest.place(['metadata', 'name']);
  if (live === undefined) {
    return Object.hasOwn(readKinds, target.kind)
      ? broken(id, `${targetTitle(target)} is not in the cluster`, { remedy: applyOf(manifest), place })
      : unchecked(id, `objects of kind ${target.kind} are not read`);
  }
  const own = driftOf(manifest.value, live);
  const others = otherObjects(snapshot, committed, target);
  const missing = others.find((other) => other.live === undefined);
  if (missing !== undefined) {
    const message = `${missing.manifest.title} of namespace ${missing.namespace} is not in the cluster`;
    return broken(id, message, {
      remedy: applyOf(missing.manifest),
      place: missing.manifest.place(['metadata', 'name']),
    });
  }
  const all = [
    ...own.map((drift) => ({ title: targetTitle(target), manifest, drift, affectsSpans: affectsSpans(drift) })),
    ...others.flatMap(({ manifest: other, namespace, drifts }) =>
      drifts.map((drift) => ({
        title: `${other.kind} ${namespace}/${other.name}`,
        manifest: other,
        drift,
        affectsSpans: true,
      })),
    ),
  ];
  const evidence = sentences(...all.map(({ title, drift }) => `${title}: ${driftText(drift)}`));
  const first = all.find((each) => each.affectsSpans);
  if (first !== undefined) {
    return broken(id, `${first.title}: ${driftText(first.drift)}`, { remedy: applyOf(first.manifest), evidence });
  }
  const what = all.length === 0 ? 'no field differs' : `${all.length} fields differ, none of which is on the path`;
  return proven(id, what, { evidence });
}

/** Kinds whose objects are read. */
const readKinds = { Deployment: 1, StatefulSet: 1, DaemonSet: 1, CronJob: 1, Job: 1 };

interface OtherObject {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly live: Manifest | undefined;
  readonly drifts: readonly Drift[];
}

/** The committed ConfigMaps that the workload reads, and the Services on the way to its endpoint. */
function otherObjects(snapshot: ClusterSnapshot, committed: Model, target: Target): OtherObject[] {
  return [...configMapsOf(committed, target), ...servicesOf(committed, target)].flatMap(({ manifest, keys }) => {
    const namespace = manifest.namespace ?? target.namespace;
    const where = { kind: manifest.kind, namespace, name: manifest.name };
    const reading = snapshot.data.get(objectKey(where.kind, namespace, where.name));
    // A list that was not read does not show that an object is missing.
    const isUnread =
      unreadList(snapshot, 'services', namespace) !== undefined ||
      !snapshot.namespaces.includes(namespace) ||
      (reading !== undefined && 'unread' in reading);
    if (isUnread) {
      return [];
    }
    const live = liveManifest(snapshot, where);
    return [
      {
        manifest,
        namespace,
        live,
        drifts: live === undefined ? [] : driftOf(onlyKeys(manifest.value, keys), live.value),
      },
    ];
  });
}

interface Part {
  readonly manifest: Manifest;
  /** Keys of the data that are compared; undefined: the `spec`. */
  readonly keys: ReadonlySet<string> | undefined;
}

function configMapsOf(committed: Model, { sender, namespace }: Target): Part[] {
  const keys = new Map<string, Set<string>>();
  for (const { kind, name, key, variable } of dataReferences(sender.workload.podTemplate, false)) {
    if (kind === 'ConfigMap') {
      const manifest = committed.find('ConfigMap', name, namespace);
      const all = Object.keys(dataOf(manifest?.value ?? {}));
      const read =
        key === undefined
          ? all.filter(isTelemetryVariable)
          : [variable ?? key].filter(isTelemetryVariable).map(() => key);
      keys.set(name, new Set([...(keys.get(name) ?? []), ...read]));
    }
  }
  return [...keys].flatMap(([name, read]) => {
    const manifest = committed.find('ConfigMap', name, namespace);
    return manifest === undefined ? [] : [{ manifest, keys: read }];
  });
}

function servicesOf(committed: Model, { sender }: Target): Part[] {
  const { endpoint } = sender.settings;
  const answer = endpoint === undefined ? undefined : answerTo(committed, sender.workload, endpoint);
  const services = answer !== undefined && 'services' in answer ? answer.services : [];
  return services.flatMap(({ name, namespace }) => {
    const manifest = committed.find('Service', name, namespace);
    return manifest === undefined ? [] : [{ manifest, keys: undefined }];
  });
}

/** What is compared of an object: the data that variables read, or the whole `spec`. */
function onlyKeys(value: Mapping, keys: ReadonlySet<string> | undefined): Mapping {
  if (keys === undefined) {
    return { spec: value['spec'] };
  }
  const data = mappingAt(value, 'data');
  return { data: Object.fromEntries(Object.entries(data).filter(([key]) => keys.has(key))) };
}
