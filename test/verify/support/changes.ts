import type { KubeObject } from './fake-kubernetes.ts';
import { agentName, at, collectorNamespace, namespace, type TestSystem } from './healthy-system.ts';
import type { StoredSeries } from './series-store.ts';

/** A change of a system, which throws where it changes nothing. */
export type Change = (system: TestSystem) => void;

const deepCopy = (object: KubeObject): KubeObject => structuredClone(object);

/** Changes the objects of a kind whose name begins so. */
export const changeObjects =
  (kind: string, name: string, change: (object: { [key: string]: unknown } & KubeObject) => void): Change =>
  (system) => {
    let count = 0;
    system.objects = system.objects.map((object) => {
      if (object.kind !== kind || !object.metadata.name.startsWith(name)) {
        return object;
      }
      count += 1;
      const copy = deepCopy(object);
      change(copy);
      return copy;
    });
    if (count === 0) {
      throw new Error(`there is no ${kind} ${name}`);
    }
  };

/** Replaces text in the objects of the cluster, as JSON. */
export const changeText =
  (kind: string, name: string, from: string, to: string): Change =>
  (system) => {
    let isChanged = false;
    system.objects = system.objects.map((object) => {
      if (object.kind !== kind || !object.metadata.name.startsWith(name)) {
        return object;
      }
      const text = JSON.stringify(object);
      isChanged ||= text.includes(from);
      return JSON.parse(text.replaceAll(from, to));
    });
    if (!isChanged) {
      throw new Error(`${kind} ${name} does not contain ${from}`);
    }
  };

/** Replaces text in the files. */
export const changeFiles =
  (from: string | RegExp, to: string): Change =>
  (system) => {
    const before = JSON.stringify(system.files);
    for (const [path, text] of Object.entries(system.files)) {
      system.files[path] = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to);
    }
    if (JSON.stringify(system.files) === before) {
      throw new Error(`no file contains ${from}`);
    }
  };

export const removeObjects =
  (kind: string, name: string, where?: string): Change =>
  (system) => {
    const left = system.objects.filter(
      (object) =>
        !(
          object.kind === kind &&
          object.metadata.name.startsWith(name) &&
          (where === undefined || object.metadata.namespace === where)
        ),
    );
    if (left.length === system.objects.length) {
      throw new Error(`there is no ${kind} ${name}`);
    }
    system.objects = left;
  };

/** Merges into a nested mapping of an object. */
export function setIn(object: object, path: readonly string[], value: unknown): void {
  const [last = '', ...rest] = path.toReversed();
  const target: object = rest.toReversed().reduce<object>((current, key) => {
    const next: unknown = Reflect.get(current, key);
    if (typeof next === 'object' && next !== null) {
      return next;
    }
    const made = {};
    Reflect.set(current, key, made);
    return made;
  }, object);
  Reflect.set(target, last, value);
}

/** Changes the status of the container of the pods whose name begins so. */
export const changeContainers = (pod: string, status: object, isReady = false): Change =>
  changeObjects('Pod', pod, (object) => {
    const statuses = Object(at(object, 'status', 'containerStatuses'));
    setIn(object, ['status', 'containerStatuses'], [{ ...statuses[0], ready: isReady, ...status }]);
    setIn(object, ['status', 'conditions'], [{ type: 'Ready', status: isReady ? 'True' : 'False' }]);
  });

export const changeSpans =
  (attribute: string, value: string | undefined, service?: string): Change =>
  (system) => {
    system.spans = system.spans.map((spans) => {
      if (service !== undefined && spans.service !== service) {
        return spans;
      }
      const { [attribute]: _, ...resource } = spans.resource;
      return { ...spans, resource: value === undefined ? resource : { ...resource, [attribute]: value } };
    });
  };

export const changeSeries =
  (change: (series: StoredSeries) => StoredSeries | undefined): Change =>
  (system) => {
    const before = JSON.stringify(system.series);
    system.series = system.series.flatMap((series) => {
      const changed = change(series);
      return changed === undefined ? [] : [changed];
    });
    if (JSON.stringify(system.series) === before) {
      throw new Error('no series changed');
    }
  };

export const withoutLabel = (label: string): Change =>
  changeSeries((series) => Object.fromEntries(Object.entries(series).filter(([name]) => name !== label)));

export const all =
  (...changes: readonly Change[]): Change =>
  (system) => {
    for (const change of changes) {
      change(system);
    }
  };

export const agentPods = `${agentName}-`;
export const agentMetrics =
  (text: string): Change =>
  (system) => {
    for (const name of Object.keys(system.metrics).filter((each) =>
      each.startsWith(`${collectorNamespace}/${agentName}`),
    )) {
      system.metrics[name] = text;
    }
  };

export { namespace };
