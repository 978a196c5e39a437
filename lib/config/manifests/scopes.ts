import { apiGroup, isNamespaced } from '../../kubernetes/scope.ts';
import { type Mapping, textAt } from '../../yaml/value.ts';
import type { ManifestGroup } from './manifest-group.ts';

/** Names that extensions give to kinds without a namespace. */
const clusterKind = /^Cluster|Class$/;

/** Whether kinds belong to namespaces: those of Kubernetes, and those whose definitions are among the objects. */
export class Scopes {
  private readonly defined = new Map<string, boolean>();

  constructor(groups: readonly ManifestGroup[]) {
    for (const { value } of groups.flatMap(({ objects }) => objects)) {
      if (textAt(value, 'kind') === 'CustomResourceDefinition') {
        const key = `${textAt(value, 'spec', 'group')}/${textAt(value, 'spec', 'names', 'kind')}`;
        this.defined.set(key, textAt(value, 'spec', 'scope') !== 'Cluster');
      }
    }
  }

  /** What shows it; undefined where nothing does. */
  known(value: Mapping): boolean | undefined {
    const apiVersion = textAt(value, 'apiVersion') ?? '';
    const kind = textAt(value, 'kind') ?? '';
    return isNamespaced(apiVersion, kind) ?? this.defined.get(`${apiGroup(apiVersion)}/${kind}`);
  }

  /** The same, or what the name of the kind makes likely. */
  isNamespaced(value: Mapping): boolean {
    return this.known(value) ?? !clusterKind.test(textAt(value, 'kind') ?? '');
  }
}
