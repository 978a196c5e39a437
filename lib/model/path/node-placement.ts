import { listAt, type Mapping, mappingAt, textAt, textListAt, textsAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import type { Workload } from '../workload.ts';
import type { Verdict } from './hop.ts';

/** Nodes that are no machines: no DaemonSet runs there. */
function virtualNode(spec: Mapping): { readonly name: string; readonly key: string } | undefined {
  const selector = textsAt(spec, 'nodeSelector');
  if (textAt(spec, 'schedulerName') === 'fargate-scheduler') {
    return { name: 'Fargate', key: 'schedulerName' };
  }
  if (selector['eks.amazonaws.com/compute-type'] === 'fargate') {
    return { name: 'Fargate', key: 'nodeSelector' };
  }
  return selector['type'] === 'virtual-kubelet' ? { name: 'virtual nodes', key: 'nodeSelector' } : undefined;
}

/** Judged by the operating system. */
const systemKey = /^(beta\.)?kubernetes\.io\/(os|arch)$/;

/**
 * Whether an agent that is one on each node runs on the nodes of a pod.
 *
 * @returns undefined where nothing that was read keeps it from there
 */
export function placementVerdict(model: Model, workload: Workload, collector: Collector): Verdict | undefined {
  const spec = mappingAt(workload.podTemplate, 'spec');
  const agent = collector.rendered?.values.all ?? mappingAt(collectorWorkload(model, collector)?.podTemplate, 'spec');
  const place = (key: string) => () => workload.place(['spec', key], 'key');
  const broken = (message: string, reason: string, key: string): Verdict => ({
    status: 'broken',
    cause: 'no-agent-on-node',
    message,
    reasons: [{ message: reason, place: place(key) }],
    place: place(key),
  });
  const virtual = virtualNode(spec);
  if (virtual !== undefined) {
    const reason = `the pods of ${workload.title} run on ${virtual.name}, where no DaemonSet does`;
    return broken(`${collector.title} runs on no node of the pod`, reason, virtual.key);
  }
  const own = textsAt(spec, 'nodeSelector');
  const wanted = Object.entries(textsAt(agent, 'nodeSelector')).filter(([key]) => !systemKey.test(key));
  const other = wanted.find(([key, value]) => own[key] !== undefined && own[key] !== value);
  if (other !== undefined) {
    const [key, value] = other;
    const reason = `it runs on nodes with ${key}: ${value}, and the pods on those with ${key}: ${own[key]}`;
    return broken(`${collector.title} runs on no node of the pod`, reason, 'nodeSelector');
  }
  const limit = limitOf(agent, wanted, own) ?? taintOf(spec, agent);
  return limit === undefined
    ? undefined
    : {
        status: 'unknown',
        message: `cannot tell whether ${collector.title} runs on every node of the pod`,
        reasons: [{ message: limit }],
      };
}

/** Labels that the nodes of the agent must have, and those of the pod need not. */
function limitOf(
  agent: Mapping,
  wanted: readonly (readonly [string, string])[],
  own: Readonly<Record<string, string>>,
): string | undefined {
  const open = wanted.find(([key, value]) => own[key] !== value);
  const terms = listAt(
    agent,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  const required = terms
    .flatMap((term) => listAt(term, 'matchExpressions'))
    .find((entry) => {
      const key = textAt(entry, 'key') ?? '';
      const value = own[key];
      const isIn = ['In', 'Exists'].includes(textAt(entry, 'operator') ?? '');
      const isMet =
        value !== undefined && (textAt(entry, 'operator') === 'Exists' || textListAt(entry, 'values').includes(value));
      return isIn && !isMet && !systemKey.test(key);
    });
  return open !== undefined
    ? `it runs on nodes with ${open[0]}: ${open[1]} only`
    : required === undefined
      ? undefined
      : `its affinity wants nodes with ${textAt(required, 'key')}`;
}

/** A taint of the nodes that the pods are meant for, which the agent does not tolerate. */
function taintOf(spec: Mapping, agent: Mapping): string | undefined {
  const isMeant = Object.keys(textsAt(spec, 'nodeSelector')).some((key) => !systemKey.test(key));
  const tolerated = listAt(agent, 'tolerations');
  const covers = (toleration: unknown, key: string, value: string | undefined): boolean =>
    (textAt(toleration, 'key') ?? key) === key &&
    (textAt(toleration, 'operator') === 'Exists' || textAt(toleration, 'value') === value);
  const open = listAt(spec, 'tolerations').find((toleration) => {
    const key = textAt(toleration, 'key');
    const isHard = ['NoSchedule', 'NoExecute', undefined].includes(textAt(toleration, 'effect'));
    // The controller of DaemonSets adds these to its pods.
    const isAdded = key?.startsWith('node.kubernetes.io/') === true;
    return (
      isHard &&
      key !== undefined &&
      !isAdded &&
      !tolerated.some((each) => covers(each, key, textAt(toleration, 'value')))
    );
  });
  return isMeant && open !== undefined
    ? `the pods tolerate the taint ${textAt(open, 'key')} of their nodes, and it does not`
    : undefined;
}
