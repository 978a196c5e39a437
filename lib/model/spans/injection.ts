import { groupBy } from '../../group-by.ts';
import { listAt, type Mapping, mappingAt, textAt, textsAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { isOperatorResource } from '../operator/collector-pods.ts';
import { annotationValue } from '../operator/selection.ts';
import type { Container, Workload } from '../workload.ts';
import { memoized } from './memoized.ts';

const group = 'instrumentation.opentelemetry.io/';
/** With a language as suffix, the annotation by which the operator injects an SDK. */
export const injectionPrefix = `${group}inject-`;

/** An SDK that the OpenTelemetry operator adds to a container. */
export interface Injection {
  /** The annotation, of the pod or of its namespace, that asks for it. */
  readonly annotation: string;
  /** `java`, `nodejs`, `python`, `dotnet`, `go`, `apache-httpd`, `nginx`, or `sdk` for variables alone. */
  readonly language: string;
  /** `true`, or the Instrumentation that is asked for. */
  readonly value: string;
}

/**
 * What the OpenTelemetry operator adds to a container; undefined where it adds nothing. Without names of containers in an
 * annotation it is the first container of the pod.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator#opentelemetry-auto-instrumentation-injection
 */
export function injectionOf(
  { find }: Pick<Model, 'find'>,
  workload: Workload,
  { name }: Container,
): Injection | undefined {
  const namespace = find('Namespace', workload.namespace)?.value;
  if (!asks(workload.annotations) && !asks(mappingAt(namespace, 'metadata', 'annotations'))) {
    return undefined;
  }
  const ofNamespace = textsAt(namespace, 'metadata', 'annotations');
  const annotations = new Set([...Object.keys(ofNamespace), ...Object.keys(workload.annotations)]);
  const settingOf = (annotation: string) => annotationValue(workload.annotations[annotation], ofNamespace[annotation]);
  const found = [...annotations].flatMap((annotation): Injection[] => {
    const value = annotation.startsWith(injectionPrefix) ? settingOf(annotation) : undefined;
    if (value === undefined) {
      return [];
    }
    const language = annotation.slice(injectionPrefix.length);
    const names = settingOf(`${group}${language}-container-names`) ?? settingOf(`${group}container-names`) ?? '';
    const isMeant =
      names.trim() === ''
        ? name === workload.containers[0]?.name
        : names.split(',').some((wanted) => wanted.trim() === name);
    return isMeant ? [{ annotation, language, value }] : [];
  });
  return isInjectedAlready(workload) ? undefined : found[0];
}

/** Most have no such annotation. */
const asks = (annotations: Mapping): boolean =>
  Object.keys(annotations).some((annotation) => annotation.startsWith(injectionPrefix));

/** The variable by which the operator knows a pod that it has changed before. */
const mark = 'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME';

const isInjectedAlready = ({ containers }: Workload): boolean =>
  containers.some(({ value }) => listAt(value, 'env').some((entry) => textAt(entry, 'name') === mark));

/**
 * The Instrumentations among which an annotation leaves the choice to the operator, which then injects nothing; undefined
 * where it names one, or there are not several.
 */
export function rivalsOf(model: Model, { namespace }: Workload, { value }: Injection): readonly Manifest[] | undefined {
  const rivals = /^true$/i.test(value) ? instrumentations(model).get(namespace) : undefined;
  return rivals === undefined || rivals.length < 2 ? undefined : rivals;
}

const instrumentations = memoized(({ manifests, namespace }) =>
  groupBy(
    manifests.filter((manifest) => isOperatorResource(manifest, 'Instrumentation')),
    (manifest) => manifest.namespace ?? namespace.name,
  ),
);
