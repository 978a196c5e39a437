import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { strategicMerge } from '../kubernetes/strategic-merge.ts';
import { ownValue } from '../own-value.ts';
import { isMapping, type Mapping } from '../yaml/value.ts';
import { sortedKeys } from './sorted-keys.ts';

/**
 * Strategic merge patches by kind, e.g. `{ Deployment: { spec: { template: { spec: { hostIPC: true } } } } }`.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export type PatchesByKind = Readonly<Record<string, Mapping | undefined>>;

/** Whose a patch is, in the order in which patches are applied: a later one wins. */
const origins = ['fields', 'system', 'part'] as const;

type Origin = (typeof origins)[number];

const patchesOf = new WeakMap<ApiObject, Map<Origin, Mapping>>();

/**
 * Makes an object come out with a patch applied. Typed objects drop the fields that they do not know, so it is applied last.
 *
 * @param origin `fields` of a construct's own properties, or a patch of the user for the whole system or for one part
 */
export function patchObject(object: ApiObject, patch: Mapping | undefined, origin: Origin): void {
  if (patch === undefined) {
    return;
  }
  const known = patchesOf.get(object);
  if (known !== undefined) {
    known.set(origin, patch);
    return;
  }
  const patches = new Map([[origin, patch]]);
  patchesOf.set(object, patches);
  const isFirst = !Object.hasOwn(object, 'toJson');
  const original: () => unknown = object.toJson.bind(object);
  const patched = (json: unknown) => {
    const result = origins.reduce<Mapping>(
      (current, of) => {
        const change = patches.get(of);
        return change === undefined ? current : strategicMerge(current, change, object.kind);
      },
      isMapping(json) ? json : {},
    );
    return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, sortedKeys(value)]));
  };
  object.toJson = () => patched(original());
  if (isFirst) {
    patchings.set(object.toJson, patched);
  }
}

/** What is done to what the class of an object writes, by the `toJson()` that does it. */
const patchings = new WeakMap<object, (json: unknown) => Mapping>();

/** How an object is patched before it is written; undefined where its `toJson()` does not, or does something else. */
export const patchingOf = (object: ApiObject): ((json: unknown) => Mapping) | undefined => patchings.get(object.toJson);

/** The same for all objects of a scope whose kind has a patch. */
export function patchObjects(scope: Construct, patches: PatchesByKind, origin: Origin): void {
  for (const construct of scope.node.findAll()) {
    if (ApiObject.isApiObject(construct)) {
      patchObject(construct, ownValue(patches, construct.kind), origin);
    }
  }
}
