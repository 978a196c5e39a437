import { textsAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import type { Container, Workload } from '../workload.ts';

const group = 'instrumentation.opentelemetry.io/';
/** With a language as suffix, the annotation by which the operator injects an SDK. */
export const injectionPrefix = `${group}inject-`;

/**
 * The annotation by which the OpenTelemetry operator adds an SDK to a container, of its pod or of its namespace;
 * undefined where it adds none. Without names of containers in an annotation it is the first container of the pod.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator#opentelemetry-auto-instrumentation-injection
 */
export function injectionOf(model: Model, workload: Workload, { name }: Container): string | undefined {
  const ofNamespace = textsAt(model.find('Namespace', workload.namespace)?.value, 'metadata', 'annotations');
  const annotations = { ...ofNamespace, ...workload.annotations };
  return Object.keys(annotations).find((annotation) => {
    const value = annotations[annotation];
    if (!annotation.startsWith(injectionPrefix) || value === 'false' || value === '') {
      return false;
    }
    const language = annotation.slice(injectionPrefix.length);
    const names = annotations[`${group}${language}-container-names`] ?? annotations[`${group}container-names`];
    return names === undefined || names.trim() === ''
      ? name === workload.containers[0]?.name
      : names.split(',').some((wanted) => wanted.trim() === name);
  });
}
