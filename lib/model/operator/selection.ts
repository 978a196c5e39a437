import { groupBy } from '../../group-by.ts';
import type { Manifest } from '../manifest.ts';
import { isOperatorResource } from './collector-pods.ts';

/** What an annotation that asks the operator for something comes to. */
export type ResourceSelection<T> =
  | { readonly kind: 'selected'; readonly resource: T }
  /** It selects a resource that is not in the input. */
  | { readonly kind: 'not-read' }
  /** The operator adds nothing: nothing is asked for, or no resource fits, or more than one does. */
  | { readonly kind: 'none' };

/**
 * The value of an annotation of the operator: that of the pod counts more than that of its namespace, unless it only says
 * `true` and the namespace names a resource.
 */
export function annotationValue(ofPod = '', ofNamespace = ''): string | undefined {
  const isNamed = ofNamespace !== '' && !/^(true|false)$/i.test(ofNamespace);
  const value = ofPod === '' || (/^true$/i.test(ofPod) && isNamed) ? ofNamespace : ofPod;
  return value === '' || /^false$/i.test(value) ? undefined : value;
}

/** Resources of one kind of the operator. */
export class OperatorResources {
  private readonly byNamespace: ReadonlyMap<string, readonly Manifest[]>;

  constructor(
    manifests: readonly Manifest[],
    kind: 'Instrumentation' | 'OpenTelemetryCollector',
    defaultNamespace: string,
    /** @default - every one may be selected */
    private readonly mayBeSelected: (manifest: Manifest) => boolean = () => true,
  ) {
    this.byNamespace = groupBy(
      manifests.filter((manifest) => isOperatorResource(manifest, kind)),
      ({ namespace = defaultNamespace }) => namespace,
    );
  }

  get isEmpty(): boolean {
    return this.byNamespace.size === 0;
  }

  /**
   * The resource that a pod gets.
   *
   * @param value of its annotation: `true`, a name, or a namespace and a name
   */
  select(value: string, podNamespace: string): ResourceSelection<Manifest> {
    if (/^true$/i.test(value)) {
      const [only, ...others] = this.in(podNamespace).filter(this.mayBeSelected);
      if (only === undefined) {
        return { kind: 'not-read' };
      }
      return others.length > 0 ? { kind: 'none' } : { kind: 'selected', resource: only };
    }
    const [, namespace = podNamespace, name = value] = /^([^/]*)\/(.*)$/.exec(value) ?? [];
    const named = this.in(namespace).find((manifest) => manifest.name === name);
    if (named === undefined) {
      return { kind: 'not-read' };
    }
    return this.mayBeSelected(named) ? { kind: 'selected', resource: named } : { kind: 'none' };
  }

  private in(namespace: string): readonly Manifest[] {
    return this.byNamespace.get(namespace) ?? [];
  }
}
