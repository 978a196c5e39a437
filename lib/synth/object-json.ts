import {
  ApiObject,
  ApiObjectMetadataDefinition,
  App,
  ImplicitTokenResolver,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import { patchingOf } from '../constructs/patch.ts';
import { isMapping, type Mapping } from '../yaml/value.ts';

/**
 * What `toJson()` of an object returns, in a fraction of the time. Objects with JSON patches, Lazy values or a `toJson()`
 * of their own, and those of an app with resolvers, are asked themselves.
 *
 * @throws whatever `toJson()` throws
 */
export function objectJson(object: ApiObject): unknown {
  const patch = patchingOf(object);
  const manifest = isUsual(object) ? manifestOf(object, patch !== undefined) : undefined;
  const props = manifest && resolvedProps(object);
  if (manifest === undefined || props === undefined) {
    return object.toJson();
  }
  const json = manifest(props);
  return patch === undefined ? json : patch(json);
}

const builtInResolvers: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether nothing but the object's own properties and metadata says what is written. */
function isUsual(object: ApiObject): boolean {
  const patches: unknown = Reflect.get(object, 'patches');
  const { resolvers } = App.of(object);
  return (
    Array.isArray(patches) &&
    patches.length === 0 &&
    resolvers.length === builtInResolvers.length &&
    resolvers.every((resolver, index) => resolver.constructor === builtInResolvers[index]) &&
    object.metadata.constructor === ApiObjectMetadataDefinition &&
    !Object.hasOwn(object.metadata, 'toJson') &&
    !process.env['CDK8S_DISABLE_SORT']
  );
}

type Manifest = (props: Mapping) => unknown;

/** What `cdk8s import` generates; it does to the resolved properties what the static `manifest` of the class does. */
const generated =
  /^toJson\(\) ?\{\s*const resolved ?= ?super\.toJson\(\);\s*return ?\{\s*\.\.\.\w+\.GVK,\s*\.\.\.toJson_\w+\(resolved\),?\s*\};?\s*\}$/;

const manifests = new WeakMap<object, Manifest>();

/**
 * How an object's class writes its properties; undefined when the object has a `toJson()` of its own.
 *
 * @param isPatched whether that one does no more than patch what the class writes
 */
function manifestOf(object: ApiObject, isPatched: boolean): Manifest | undefined {
  const prototype: unknown = isPatched ? Object.getPrototypeOf(object) : object;
  const toJson: unknown = isObject(prototype) ? Reflect.get(prototype, 'toJson') : undefined;
  if (typeof toJson !== 'function' || !isObject(prototype)) {
    return undefined;
  }
  const known = manifests.get(toJson);
  if (known !== undefined) {
    return known;
  }
  const found =
    toJson === ApiObject.prototype.toJson ? (props: Mapping) => props : generatedManifest(prototype, toJson);
  if (found !== undefined) {
    manifests.set(toJson, found);
  }
  return found;
}

function generatedManifest(owner: object, toJson: object): Manifest | undefined {
  let prototype: unknown = owner;
  while (isObject(prototype) && !Object.hasOwn(prototype, 'toJson')) {
    prototype = Object.getPrototypeOf(prototype);
  }
  if (!isObject(prototype) || Object.getPrototypeOf(prototype) !== ApiObject.prototype) {
    return undefined;
  }
  const manifest: unknown = Reflect.get(prototype.constructor, 'manifest');
  const isGenerated = generated.test(Function.prototype.toString.call(toJson));
  return isGenerated && typeof manifest === 'function'
    ? (props) => Reflect.apply(manifest, prototype.constructor, [props])
    : undefined;
}

/** The properties as `ApiObject.toJson` of cdk8s returns them; undefined where it has to do so itself. */
function resolvedProps(object: ApiObject): Mapping | undefined {
  const props: unknown = Reflect.get(object, 'props');
  const { metadata } = object;
  const attributes: unknown = Reflect.get(metadata, '_additionalAttributes');
  if (!isObject(props) || !isObject(attributes)) {
    return undefined;
  }
  try {
    const own: Mapping = isMapping(metadata) ? metadata : {};
    const described = resolvedValue(
      {
        ...attributes,
        name: own['name'],
        namespace: own['namespace'],
        annotations: own['annotations'],
        finalizers: own['finalizers'],
        ownerReferences: own['ownerReferences'],
        labels: own['labels'],
      },
      true,
    );
    const data = resolvedValue({ ...props, metadata: undefined }, false);
    const { apiVersion, kind, ...others } = isMapping(data) ? data : {};
    return {
      ...(apiVersion !== undefined && { apiVersion }),
      ...(kind !== undefined && { kind }),
      ...(described !== undefined && { metadata: described }),
      ...others,
    };
  } catch (error) {
    if (error === unusual) {
      return undefined;
    }
    throw error;
  }
}

/** Thrown for a value that cdk8s has to resolve. */
const unusual = Symbol('unusual');

/** A value as the built-in resolvers leave it, keys sorted, without what is empty; undefined for nothing. */
function resolvedValue(value: unknown, dropsEmpty: boolean): unknown {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (!isObject(value) || value instanceof Lazy || ('resolve' in value && typeof value.resolve === 'function')) {
    throw unusual;
  }
  if (Array.isArray(value)) {
    return resolvedList(value, dropsEmpty);
  }
  if (value.constructor === Object && isMapping(value)) {
    const mapping = resolvedMapping(value, dropsEmpty);
    return dropsEmpty && Object.keys(mapping).length === 0 ? undefined : mapping;
  }
  // The unions of the generated classes, such as IntOrString.
  const inner: unknown = Object.hasOwn(value, 'constructor') ? undefined : Reflect.get(value, 'value');
  if (typeof inner === 'string' || typeof inner === 'number') {
    return { value: inner };
  }
  throw unusual;
}

function resolvedList(list: readonly unknown[], dropsEmpty: boolean): unknown[] | undefined {
  if (dropsEmpty && list.length === 0) {
    return undefined;
  }
  const values: unknown[] = [];
  for (const item of list) {
    const value = resolvedValue(item, dropsEmpty);
    if (value === undefined) {
      throw unusual;
    }
    values.push(value);
  }
  return values;
}

function resolvedMapping(mapping: Mapping, dropsEmpty: boolean): Mapping {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(mapping).sort()) {
    if (key === '__proto__') {
      throw unusual;
    }
    const value = resolvedValue(mapping[key], dropsEmpty);
    if (value !== undefined) {
      result[key] = value;
    }
  }
  return result;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
