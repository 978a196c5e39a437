import { isMapping, type Mapping, type Path } from '../yaml/value.ts';

/** A Kubernetes object, and where it stands in its document. */
export interface ListedObject {
  readonly value: Mapping;
  readonly path: Path;
}

/** Lists inside of lists: more are no real ones. */
const maximumDepth = 10;

/** Whether a document is meant as a Kubernetes object. */
export const isManifest = (value: unknown): value is Mapping =>
  isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';

/**
 * The objects of a document: itself, or the items of a List, whose own Lists are read as well. Items of a typed list,
 * such as a DeploymentList, need no kind of their own.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/unstructured/helpers.go (decodeToList)
 */
export function listedObjects(value: unknown, path: Path = []): ListedObject[] {
  if (!isManifest(value)) {
    return [];
  }
  const items = listItems(value);
  return items === undefined || path.length > maximumDepth * 2
    ? [{ value, path }]
    : items.flatMap((item, index) => listedObjects(item, [...path, 'items', index]));
}

/** The items of a List, each with its kind; undefined where an object is no List. */
export function listItems(object: Mapping): readonly unknown[] | undefined {
  const { apiVersion, kind, items } = object;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) {
    return undefined;
  }
  const itemKind = kind.slice(0, -'List'.length);
  return items.map((item: unknown) =>
    itemKind !== '' &&
    isMapping(item) &&
    isMapping(item['metadata']) &&
    item['kind'] === undefined &&
    item['apiVersion'] === undefined
      ? { apiVersion, kind: itemKind, ...item }
      : item,
  );
}
