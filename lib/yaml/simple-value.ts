import { load, type Schema } from 'js-yaml';
import { refuse } from './line-cursor.ts';
import { readSimply, type SimpleBuilder, type SimpleReading } from './simple-reader.ts';

type Value = unknown;
type Mapping = Record<string, unknown>;

/** A text that no schema takes for anything else: words of YAML such as `false` are shorter, and numbers begin otherwise. */
const surelyText = /^[A-Za-z/](?:.{5}|.*[-./: ])/;

/** Texts that are part of a file keep all of it in memory. */
const maximumRemembered = 2000;
const maximumRememberedLength = 60;

/** Makes the values that `js-yaml` makes by a schema. */
class ValueBuilder implements SimpleBuilder<Value, Mapping> {
  /** What texts without quotes stand for. Manifests repeat theirs, which are then in memory once. */
  private readonly known = new Map<string, unknown>();
  private readonly keys = new Map<string, string>();

  constructor(private readonly schema: Schema) {}

  text(text: string, isPlain: boolean): Value {
    return !isPlain || (text.length > maximumRememberedLength && surelyText.test(text)) ? text : this.plain(text);
  }

  /** The key as V8 keeps it, which it need not look up again; undefined where it stands for something else. */
  private named(key: string): string | undefined {
    const [name] = this.plain(key) === key ? Object.keys({ [key]: key }) : [];
    if (name !== undefined && this.keys.size < maximumRemembered) {
      this.keys.set(name, name);
    }
    return name;
  }

  private plain(text: string): Value {
    const known = this.known.get(text);
    if (known !== undefined) {
      return known;
    }
    const value = surelyText.test(text) ? text : this.loaded(text);
    if (this.known.size >= maximumRemembered) {
      this.known.clear();
    }
    this.known.set(text, value);
    return value;
  }

  list(items: Value[]): Value {
    return items;
  }

  mapping(): Mapping {
    return {};
  }

  /** A key such as `on` or `1.0` stands for a flag or a number, whose text is another one. */
  add(mapping: Mapping, key: string, _keyStart: number, value: Value): boolean {
    const name = this.keys.get(key) ?? this.named(key);
    if (name === undefined || Object.hasOwn(mapping, name)) {
      return false;
    }
    mapping[name] = value;
    return true;
  }

  /** What aliases stand for is limited elsewhere. */
  alias(): undefined {
    return undefined;
  }

  private loaded(text: string): unknown {
    try {
      const list = load(`- ${text}`, { schema: this.schema });
      return Array.isArray(list) && list.length === 1 ? list[0] : null;
    } catch {
      return refuse();
    }
  }
}

const builders = new WeakMap<Schema, ValueBuilder>();

/**
 * What a document holds that is written simply, as most manifests are.
 *
 * @returns undefined for each text of which `js-yaml` may make something else
 */
export function simpleValue(text: string, schema: Schema): SimpleReading<Value> | undefined {
  const builder = builders.get(schema) ?? new ValueBuilder(schema);
  builders.set(schema, builder);
  return readSimply(text, builder);
}
