/** What the schema of a chart accepts at one place. */
export type Shape =
  | { readonly kind: 'text' | 'toggle' | 'integer' | 'anything' }
  | { readonly kind: 'number'; readonly least?: number; readonly most?: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'text-or-integer' }
  | { readonly kind: 'list'; readonly item: Shape; readonly orNull: boolean }
  /** Keys of the user's own, all with values of one shape. */
  | { readonly kind: 'map'; readonly value: Shape }
  /** `one`: no more than one of them may accept the value. */
  | { readonly kind: 'either'; readonly shapes: readonly Shape[]; readonly one: boolean }
  | KeysShape;

/** A mapping whose keys are known. */
export interface KeysShape {
  readonly kind: 'keys';
  readonly keys: Keys;
  /** Whether it accepts keys that are not named. */
  readonly open: boolean;
  /** Whether it accepts what is no mapping at all, as a schema does that names keys and no type. */
  readonly untyped: boolean;
  readonly required: readonly string[];
  /** One of these and no other. */
  readonly exactlyOne: readonly string[];
}

export type Keys = Readonly<Record<string, Shape>>;

type KeysOptions = Partial<Pick<KeysShape, 'open' | 'untyped' | 'required' | 'exactlyOne'>>;

export const textShape: Shape = { kind: 'text' };
export const toggle: Shape = { kind: 'toggle' };
export const integerShape: Shape = { kind: 'integer' };
export const number: Shape = { kind: 'number' };
export const anything: Shape = { kind: 'anything' };
/** One type with two names, where `either(text, integer)` are two schemas. */
export const textOrInteger: Shape = { kind: 'text-or-integer' };

export const between = (least: number, most: number): Shape => ({ kind: 'number', least, most });
export const choiceOf = (...values: readonly string[]): Shape => ({ kind: 'choice', values });
export const either = (...shapes: readonly Shape[]): Shape => ({ kind: 'either', shapes, one: false });
export const exactlyOneOf = (...shapes: readonly Shape[]): Shape => ({ kind: 'either', shapes, one: true });
export const listOf = (item: Shape): Shape => ({ kind: 'list', item, orNull: false });
export const listOrNull = (item: Shape): Shape => ({ kind: 'list', item, orNull: true });
export const mapOf = (value: Shape): Shape => ({ kind: 'map', value });

export const keys = (known: Keys, options: KeysOptions = {}): KeysShape => ({
  kind: 'keys',
  keys: known,
  open: options.open ?? false,
  untyped: options.untyped ?? false,
  required: options.required ?? [],
  exactlyOne: options.exactlyOne ?? [],
});

export const list = listOf(anything);
export const mapping = mapOf(anything);
export const mappings = listOf(mapping);
export const texts = listOf(textShape);

/** What can be switched on, with settings or without. */
export const switched = (settings: Keys = {}): KeysShape => keys({ enabled: toggle, ...settings });
