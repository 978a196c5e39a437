import { valueAt } from '../../yaml/value.ts';
import type { Variable } from '../environment/variable.ts';
import type { Model } from '../model.ts';
import { hasNetworkPolicies } from '../network/network-policies.ts';
import { resourceAttributesVariable } from '../spans/written-resource-attributes.ts';
import type { Sender } from './sender.ts';

/** Labels and annotations of pods that a mesh reads. */
const meshKey = /^((traffic\.)?sidecar\.istio\.io|istio\.io|(config\.)?linkerd\.io)\//;

/**
 * What decides whether a path is whole: containers with the same shape differ in their names alone, and where the path of
 * one is whole, so are those of the others.
 *
 * @returns undefined where a container may be like no other
 */
export function pathShape(
  model: Model,
  { workload, container, environment, settings, instrumentation }: Sender,
): string | undefined {
  const host = settings.endpoint?.host.kind;
  if (workload.kind === 'Pod' || host === 'loopback' || host === 'pod') {
    return undefined;
  }
  const own = new Set([workload.name, container.name, environment.get('OTEL_SERVICE_NAME')?.value ?? '']);
  const pod = JSON.stringify([
    workload.namespace,
    workload.kind,
    workload.hostNetwork,
    ['dnsPolicy', 'schedulerName', 'nodeSelector', 'tolerations'].map((key) =>
      valueAt(workload.podTemplate, 'spec', key),
    ),
    instrumentation.kind,
    // Policies select pods by any of their labels.
    hasNetworkPolicies(model) ? workload.labels : undefined,
    Object.entries({ ...workload.labels, ...workload.annotations }).filter(([key]) => meshKey.test(key)),
    ['command', 'args', 'envFrom'].map((key) => valueAt(container.value, key)),
  ]);
  let shape = framed(pod);
  for (const variable of environment.values()) {
    shape += framed(variable.name) + framed(valueWithout(own, variable)) + originShape(variable);
  }
  return shape;
}

/** A text with its length before it, so that nothing that it holds is taken for what follows. */
const framed = (text: string | undefined): string => (text === undefined ? '-' : `${text.length}:${text}`);

/** Where a value comes from, and what it refers to in vain. */
function originShape({ origin, unexpanded }: Variable): string {
  const isBare = unexpanded.length === 0 && (origin.kind === 'literal' || origin.kind === 'nothing');
  return isBare ? origin.kind : framed(JSON.stringify([origin, unexpanded]));
}

/** A value, with the names of the container itself as `*`. */
function valueWithout(own: ReadonlySet<string>, { name, value }: Variable): string | undefined {
  if (name === resourceAttributesVariable) {
    return value?.replaceAll(/=([^,]*)/g, (pair, text: string) => (own.has(text) ? '=*' : pair));
  }
  return value !== undefined && value !== '' && own.has(value) ? '*' : value;
}
