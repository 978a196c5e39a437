import type { Explanation } from '../../explain/explanation.ts';
import { groupBy } from '../../group-by.ts';
import { injectionOf } from '../../model/spans/injection.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, type Mapping, mappingAt, textAt } from '../../yaml/value.ts';
import { broken, type HopCheck, inTransition, proven, unchecked } from '../check.ts';
import { type Target, targetTitle } from '../target.ts';
import { isTelemetryVariable } from './drift.ts';
import { explanationCheck } from './explanation-check.ts';
import { type DataReference, dataReferences, startedBefore } from './live-data.ts';
import { podTemplateOf } from './live-object.ts';
import { environmentOf, type LiveContainer, type LivePod } from './live-pod.ts';
import { createOf, restartOf } from './remedies.ts';
import { podNames } from './rollout-check.ts';
import { type ClusterSnapshot, objectKey, podsOf, unreadList } from './snapshot.ts';

/**
 * Whether every pod of a service has the environment of the live pod template, with the present values.
 *
 * @param explanation the path of a span by the live objects
 */
export function checkEnvironment(
  snapshot: ClusterSnapshot,
  target: Target,
  explanation: Explanation | undefined,
): HopCheck[] {
  const object = snapshot.objects.get(objectKey(target.kind, target.namespace, target.name));
  if (object === undefined) {
    return [];
  }
  const template = podTemplateOf(object);
  const references = dataReferences(template, false);
  const pods = podsOf(snapshot, target);
  return [
    ...(explanation === undefined ? [] : [explanationCheck('environment/sdk', explanation, ['SDK'])]),
    checkReferences(snapshot, target, references),
    ...checkInjection(snapshot, target, pods),
    ...(pods.length === 0
      ? [withoutPods(snapshot, target)]
      : [checkPods(target, template, pods), checkStarts(snapshot, target, template, pods)]),
  ];
}

function withoutPods(snapshot: ClusterSnapshot, { namespace }: Target): HopCheck {
  const unread = unreadList(snapshot, 'pods', namespace);
  return unchecked('environment/variables', unread?.unread ?? 'it has no pod whose variables can be compared', unread);
}

/** Whether each variable of a pod is that of the template. */
function checkPods(target: Target, template: unknown, pods: readonly LivePod[]): HopCheck {
  const id = 'environment/variables';
  const declared = listAt(template, 'spec', 'containers').find(
    (container) => textAt(container, 'name') === target.container,
  );
  const wanted = environmentOf(listAt(declared, 'env'));
  const differing = pods.flatMap((pod) => {
    const container = containerOf(pod, target);
    const names =
      container === undefined
        ? []
        : [...wanted]
            .filter(([name, entry]) => isTelemetryVariable(name) && !isTaken(container, name, entry))
            .map(([name]) => name);
    return names.length === 0 ? [] : [{ pod, names }];
  });
  const [first] = differing;
  if (first === undefined) {
    return proven(id, `${pods.length} pods have the variables of the pod template`);
  }
  const evidence = differing.map(({ pod, names }) => ({ message: `pod ${pod.name}: ${names.join(', ')}` }));
  const message = `${first.names[0]} of pod ${first.pod.name} is not that of the pod template`;
  return broken(id, message, { remedy: restartOf(target), evidence });
}

/** Whether a container has the entry of the template, also where the operator has appended to its value. */
function isTaken(container: LiveContainer, name: string, entry: string): boolean {
  const own = container.env.get(name);
  const written = textOf(entry);
  return own === entry || (isInjected(container) && written !== undefined && textOf(own)?.includes(written) === true);
}

const textOf = (entry: string | undefined): string | undefined =>
  entry === undefined ? undefined : textAt(JSON.parse(entry), 'value');

/** Whether what the variables refer to exists. */
function checkReferences(snapshot: ClusterSnapshot, target: Target, references: readonly DataReference[]): HopCheck {
  const id = 'environment/references';
  for (const reference of references) {
    const { kind, name, key, optional } = reference;
    const reading = snapshot.data.get(objectKey(kind, target.namespace, name));
    if (reading === undefined || optional) {
      continue;
    }
    if ('unread' in reading) {
      return unchecked(id, reading.unread, reading);
    }
    if (reading.value === undefined) {
      return broken(id, `${kind} ${name} does not exist in namespace ${target.namespace}`, {
        remedy: createOf(reference, target.namespace),
      });
    }
    if (key !== undefined && !reading.value.keys.includes(key)) {
      return broken(id, `${kind} ${name} of namespace ${target.namespace} has no key ${key}`, {
        remedy: `add the key ${key} to ${kind} ${name} of namespace ${target.namespace}`,
        evidence: [{ message: `its keys are ${reading.value.keys.join(', ') || 'none'}` }],
      });
    }
  }
  return proven(id, 'every ConfigMap and Secret of the variables exists with its key');
}

/** Whether the pods started after the last change of what their telemetry variables read. */
function checkStarts(snapshot: ClusterSnapshot, target: Target, template: Mapping, pods: readonly LivePod[]): HopCheck {
  const id = 'environment/started';
  const uncertain: string[] = [];
  for (const { kind, name, change } of telemetryChanges(snapshot, target, template)) {
    const changed = change?.at;
    const before = pods.filter((pod) => startedBefore(startOf(pod, target), changed));
    const [first] = before;
    if (first !== undefined && change?.mayBeOther === true) {
      // A checksum in the pod template starts new pods whenever a value changes that they read.
      if (kind === 'Secret' || !hasChecksum(template)) {
        uncertain.push(`${kind} ${name}`);
      }
    } else if (first !== undefined) {
      const started = startOf(first, target);
      const message = `${kind} ${name} changed after the pods had started, which read it only then`;
      return broken(id, message, {
        remedy: restartOf(target),
        evidence: [
          { message: `pods that started earlier: ${podNames(before)}` },
          {
            message: `${kind} ${name} changed at ${timeText(changed)}, pod ${first.name} started at ${timeText(started)}`,
          },
        ],
      });
    }
  }
  const unknown = pods.filter((pod) => startOf(pod, target) === undefined);
  if (uncertain.length > 0) {
    const message = `${joinNames(uncertain)} changed after the pods had started; whether in what they read is not known`;
    return unchecked(id, message, { remedy: restartOf(target) });
  }
  return unknown.length > 0
    ? inTransition(id, `the start of ${unknown.length} of ${pods.length} pods is not reported yet`)
    : proven(id, 'every pod started after the last change of what its variables read');
}

/** The last change of what the telemetry variables of a pod template read, by ConfigMap and Secret. */
function telemetryChanges(snapshot: ClusterSnapshot, { namespace }: Target, template: Mapping) {
  const read = dataReferences(template, false).filter(({ key, variable }) =>
    isTelemetryVariable(variable ?? key ?? 'OTEL_'),
  );
  return [...groupBy(read, ({ kind, name }) => objectKey(kind, namespace, name))].map(([object, references]) => {
    const [{ kind, name }] = references;
    const reading = snapshot.data.get(object);
    const data = reading !== undefined && 'value' in reading ? reading.value : undefined;
    const all = data?.keys.filter(isTelemetryVariable) ?? [];
    const keys = references.flatMap(({ key }) => (key === undefined ? all : [key]));
    return { kind, name, change: keys.length === 0 ? undefined : data?.changed(keys) };
  });
}

const hasChecksum = (template: Mapping): boolean =>
  Object.keys(mappingAt(template, 'metadata', 'annotations')).some((key) => key.startsWith('checksum/'));

/** Whether the operator has added to every pod what an annotation asks for: it does so when a pod is created only. */
function checkInjection(snapshot: ClusterSnapshot, target: Target, pods: readonly LivePod[]): HopCheck[] {
  const id = 'environment/injected';
  const workload = snapshot.model.workloads.find((each) => targetTitle(each) === targetTitle(target));
  const container = workload?.containers.find(({ name }) => name === target.container);
  const injection = workload && container && injectionOf(snapshot.model, workload, container);
  if (injection === undefined || pods.length === 0) {
    return [];
  }
  const without = pods.filter((pod) => {
    const live = containerOf(pod, target);
    return live !== undefined && !isInjected(live);
  });
  const what = `what annotation ${injection.annotation} asks for`;
  return [
    without.length === 0
      ? proven(id, `the operator has added ${what} to ${pods.length} pods`)
      : broken(
          id,
          `the operator has not added ${what} to ${without.length} of ${pods.length} pods (${podNames(without)})`,
          {
            remedy: restartOf(target),
            evidence: [
              { message: 'it adds that when a pod is created, where it runs and finds the Instrumentation then' },
            ],
          },
        ),
  ];
}

/** The variable that the operator adds to every container that it changes. */
const isInjected = ({ env }: LiveContainer): boolean => env.has('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME');

const containerOf = (pod: LivePod, { container }: Target): LiveContainer | undefined =>
  pod.containers.find(({ name }) => name === container);

const startOf = (pod: LivePod, target: Target): number | undefined => containerOf(pod, target)?.started;

const timeText = (time: number | undefined): string =>
  time === undefined ? '(unknown)' : new Date(time).toISOString();
