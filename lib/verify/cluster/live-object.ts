import type { SourceText } from '../../model/source/read-sources.ts';
import { listAt, type Mapping, mappingAt, textAt } from '../../yaml/value.ts';
import { apiVersionOf, type Resource } from './resources.ts';

/** Words that a collector's image or arguments contain, whatever distribution it is. */
const collectorWords = /otel|opentelemetry|collector|coralogix|alloy/i;

/** Whether a pod template may run a collector, so that its configuration is worth reading. */
export const looksLikeCollector = (podTemplate: Mapping): boolean =>
  collectorWords.test(JSON.stringify(mappingAt(podTemplate, 'spec')));

/** The pod template of a workload. */
export const podTemplateOf = (object: unknown): Mapping =>
  textAt(object, 'kind') === 'CronJob'
    ? mappingAt(object, 'spec', 'jobTemplate', 'spec', 'template')
    : mappingAt(object, 'spec', 'template');

/** Items of a list have neither version nor kind. */
export const withKind = (resource: Resource, item: unknown): unknown => ({
  apiVersion: apiVersionOf(resource),
  kind: resource.kind,
  ...Object(item),
});

/** An object as a file of the model. What the server adds is left out, also because it may be large. */
export function liveSource(file: string, object: unknown): SourceText {
  const { status, ...rest } = Object(object);
  const { managedFields, ...metadata } = Object(rest.metadata);
  return { file, text: JSON.stringify({ ...rest, metadata }) };
}

/** Name of the OpenTelemetryCollector of which the operator made an object; undefined where it did not. */
export const operatorOwner = (object: unknown): string | undefined =>
  listAt(object, 'metadata', 'ownerReferences').flatMap((owner) =>
    textAt(owner, 'kind') === 'OpenTelemetryCollector' ? (textAt(owner, 'name') ?? []) : [],
  )[0];
