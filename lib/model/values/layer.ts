import { coalesced } from '../../chart/coalesce.ts';
import type { Place } from '../../problems/problem.ts';
import { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, type Mapping, type Path, valueAt } from '../../yaml/value.ts';

/** Values that are merged over those of the layers before. */
export interface Layer {
  /** The file in which they are written. */
  readonly document: Pick<SourceDocument, 'file' | 'text'>;
  /** These values over those of the layers before. */
  over(values: Mapping): Mapping;
  /** How many steps of a path these values have. */
  depth(path: Path): number;
  place(path: Path, end: 'key' | 'value'): Place;
}

/**
 * A mapping of values, merged as helm merges several `--values`.
 *
 * @param path where the values stand in the document
 */
export function mappingLayer(
  document: Pick<SourceDocument, 'file' | 'text' | 'place'>,
  value: Mapping,
  path: Path = [],
): Layer {
  return {
    document,
    over: (values) => coalesced(value, values, 'keep'),
    depth: (wanted) => stepsIn(value, wanted),
    place: (wanted, end) => document.place([...path, ...wanted], end),
  };
}

/** Values of a chart as they stand in those of a chart that has it as a dependency. */
export const nestedLayer = (layer: Layer, [key, ...rest]: readonly string[]): Layer =>
  key === undefined ? layer : wrappedLayer(nestedLayer(layer, rest), key);

const wrappedLayer = (layer: Layer, key: string): Layer => {
  const own = (path: Path): Path | undefined => (path[0] === key ? path.slice(1) : undefined);
  return {
    document: layer.document,
    over: (values) => {
      const before = values[key];
      return { ...values, [key]: layer.over(isMapping(before) ? before : {}) };
    },
    depth: (wanted) => {
      const path = own(wanted);
      return path === undefined ? 0 : 1 + layer.depth(path);
    },
    place: (wanted, end) => layer.place(own(wanted) ?? [], end),
  };
};

/**
 * A single value that is set at a path, as by `helm --set`.
 *
 * @param place where it is written
 */
export function settingLayer(
  document: Pick<SourceDocument, 'file' | 'text'>,
  path: Path,
  value: unknown,
  place: () => Place,
): Layer {
  const setting = settingAt({}, path, value);
  return {
    document,
    over: (values) => settingAt(values, path, value),
    // A mapping that is written as one is the better place for what is above the value.
    depth: (wanted) => stepsIn(setting, wanted) - (wanted.length < path.length ? 0.5 : 0),
    place,
  };
}

function stepsIn(value: unknown, path: Path): number {
  const missing = path.findIndex((_, index) => valueAt(value, ...path.slice(0, index + 1)) === undefined);
  return missing < 0 ? path.length : missing;
}

function settingAt(values: Mapping, [key, ...rest]: Path, value: unknown): Mapping {
  return key === undefined ? values : { ...values, [key]: innerSetting(valueAt(values, key), rest, value) };
}

/** A list is as long as its largest index asks for; its other entries stay. */
function innerSetting(current: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return value;
  }
  if (typeof step !== 'number') {
    return settingAt(isMapping(current) ? current : {}, path, value);
  }
  const list: unknown[] = Array.isArray(current) ? [...current] : [];
  while (list.length < step) {
    list.push(null);
  }
  list[step] = innerSetting(list[step], rest, value);
  return list;
}

/** Values of several layers as if one document held them; a place is where the layer that decides has it. */
export class LayeredDocument extends SourceDocument {
  constructor(
    private readonly layers: readonly [Layer, ...Layer[]],
    /** @default - what the layers hold together */
    value: Mapping = mergedValues(layers),
  ) {
    const { file, text } = (layers.at(-1) ?? layers[0]).document;
    super(file, text, value);
  }

  override place(path: Path = [], end: 'key' | 'value' = 'value'): Place {
    const [first, ...others] = this.layers;
    const layer = others.reduce((best, next) => (next.depth(path) >= best.depth(path) ? next : best), first);
    return layer.place(path, end);
  }
}

export const mergedValues = (layers: readonly Layer[]): Mapping =>
  layers.reduce<Mapping>((values, layer) => layer.over(values), {});
