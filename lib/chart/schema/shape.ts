/** What a chart's schema says of a value. */
export type Shape =
  | { readonly kind: 'text' | 'toggle' | 'integer' | 'anything' }
  | { readonly kind: 'number'; readonly least?: number; readonly most?: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly item: Shape }
  /** Keys of the user's own, all with values of one shape. `defaults`: those that the chart has itself. */
  | { readonly kind: 'map'; readonly value: Shape; readonly defaults: readonly string[] }
  | { readonly kind: 'either'; readonly shapes: readonly Shape[] }
  | KeysShape;

/** A mapping whose keys are known. */
export interface KeysShape {
  readonly kind: 'keys';
  /** Keys that the chart has a value for, which null takes away. */
  readonly defaults: Keys;
  /** Keys that the chart has no value for. */
  readonly others: Keys;
  /** Whether it takes keys that are not named. */
  readonly open: boolean;
  readonly required: readonly string[];
  /** One of these and no other. */
  readonly exactlyOne: readonly string[];
}

export type Keys = Readonly<Record<string, Shape>>;

interface KeysOptions {
  readonly open?: boolean;
  readonly required?: readonly string[];
  readonly exactlyOne?: readonly string[];
}

export const text: Shape = { kind: 'text' };
export const toggle: Shape = { kind: 'toggle' };
export const integer: Shape = { kind: 'integer' };
export const number: Shape = { kind: 'number' };
export const anything: Shape = { kind: 'anything' };

export const between = (least: number, most: number): Shape => ({ kind: 'number', least, most });
export const oneOf = (...values: readonly string[]): Shape => ({ kind: 'choice', values });
export const either = (...shapes: readonly Shape[]): Shape => ({ kind: 'either', shapes });
export const listOf = (item: Shape): Shape => ({ kind: 'list', item });
export const mapOf = (value: Shape, defaults: readonly string[] = []): Shape => ({ kind: 'map', value, defaults });

/** A mapping: first the keys that the chart has a value for, then those that it has none for. */
export const keys = (defaults: Keys, others: Keys = {}, options: KeysOptions = {}): KeysShape => ({
  kind: 'keys',
  defaults,
  others,
  open: options.open ?? false,
  required: options.required ?? [],
  exactlyOne: options.exactlyOne ?? [],
});

export const list = listOf(anything);
export const mapping = mapOf(anything);
export const mappings = listOf(mapping);
export const texts = listOf(text);
export const textOrInteger = either(text, integer);

/** What can be switched on, with settings or without. */
export const switched = (defaults: Keys = {}, others: Keys = {}): KeysShape =>
  keys({ enabled: toggle, ...defaults }, others);

/** All keys of a mapping. */
export const keysOf = (shape: KeysShape): Keys => ({ ...shape.defaults, ...shape.others });
