import { ownValue } from '../own-value.ts';
import { isMapping, type Mapping } from '../yaml/value.ts';
import { fieldsOf, type KubernetesField } from './types.ts';

/** Fields of which one stands alone: what a patch names takes the place of the others, as `kubectl apply` does it. */
const alternatives: Readonly<Record<string, (name: string) => boolean>> = {
  EnvVar: (name) => name === 'value' || name === 'valueFrom',
  LifecycleHandler: () => true,
  Probe: (name) => ['exec', 'grpc', 'httpGet', 'tcpSocket'].includes(name),
  Volume: (name) => name !== 'name',
};

/**
 * An object with a strategic merge patch applied, as `kubectl patch` and the API server apply it: mappings are merged, lists
 * by their merge key or replaced, `null` removes a field, `$patch: delete` an entry, `$patch: replace` what was there.
 *
 * @param type type of the object, e.g. `Deployment`
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
export function strategicMerge(object: Mapping, patch: Mapping, type: string): Mapping {
  const { $patch: directive, ...changes } = patch;
  const merged: Record<string, unknown> = directive === 'replace' ? {} : { ...object };
  const fields = fieldsOf(type);
  const isAlternative = ownValue(alternatives, type);
  if (isAlternative !== undefined && Object.keys(changes).some(isAlternative)) {
    for (const name of Object.keys(merged)) {
      if (isAlternative(name) && !Object.hasOwn(changes, name)) {
        delete merged[name];
      }
    }
  }
  for (const [name, change] of Object.entries(changes)) {
    const value = mergedValue(ownValue(merged, name), change, fields.get(name));
    if (value === undefined) {
      delete merged[name];
    } else {
      merged[name] = value;
    }
  }
  return merged;
}

function mergedValue(value: unknown, change: unknown, field: KubernetesField | undefined): unknown {
  if (change === null || (isMapping(change) && change['$patch'] === 'delete')) {
    return undefined;
  }
  if (Array.isArray(change)) {
    return mergedList(Array.isArray(value) ? value : [], change, field);
  }
  if (!isMapping(change)) {
    return change;
  }
  return strategicMerge(isMapping(value) ? value : {}, change, field?.shape === 'value' ? field.type : '');
}

function mergedList(
  list: readonly unknown[],
  changes: readonly unknown[],
  field: KubernetesField | undefined,
): unknown[] {
  const key = field?.mergeKey;
  if (field === undefined || key === undefined) {
    return [...changes];
  }
  const merged = [...list];
  for (const change of changes) {
    if (!isMapping(change)) {
      continue;
    }
    const { $patch: directive, ...changed } = change;
    const index = merged.findIndex((other) => isMapping(other) && other[key] === change[key]);
    const found = merged[index];
    if (directive === 'delete') {
      merged.splice(index, index < 0 ? 0 : 1);
    } else if (isMapping(found)) {
      merged[index] = directive === 'replace' ? changed : strategicMerge(found, changed, field.type);
    } else {
      merged.push(strategicMerge({}, changed, field.type));
    }
  }
  return merged;
}
