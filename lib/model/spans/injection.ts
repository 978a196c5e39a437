import { textsAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload.ts';

const prefix = 'instrumentation.opentelemetry.io/inject-';

/**
 * Whether the OpenTelemetry operator adds an SDK to the pods, and with it variables that no file shows.
 *
 * @see https://opentelemetry.io/docs/platforms/kubernetes/operator/automatic/
 */
export function isInjected(model: Model, { annotations, namespace }: Workload): boolean {
  const ofNamespace = textsAt(model.find('Namespace', namespace)?.value, 'metadata', 'annotations');
  return Object.entries({ ...ofNamespace, ...annotations }).some(
    ([name, value]) => name.startsWith(prefix) && value !== 'false' && value !== '',
  );
}
