import { type LoadOptions, load, type Schema, type State } from 'js-yaml';
import { yamlLimits } from './limits.ts';
import { isMapping, type Mapping, type Path } from './value.ts';

/** Where something begins, as an offset into the text; undefined where nothing is written. */
type Offset = number | undefined;

/** The entries of a mapping or a list. Compact, because a document may have millions. */
interface Collection {
  /** Keys of a mapping, in the order of the text; undefined for a list. */
  readonly keys: readonly string[] | undefined;
  readonly keyOffsets: readonly Offset[];
  readonly offsets: readonly Offset[];
  readonly inner: readonly (Collection | undefined)[];
}

/** What was found of a path. */
export interface Found {
  readonly offset: number;
  /** Whether all of the path was found. */
  readonly isWhole: boolean;
}

/** A value that has been read. */
interface Part {
  readonly offset: Offset;
  readonly result: unknown;
  readonly collection: Collection | undefined;
  /** Of a scalar that is no text, such as `on`, how it is written. */
  readonly written?: string;
}

/** Where the values of a document begin. They are found by the parser that reads the values. */
export class Positions {
  private readonly document: Part;
  /** Of large mappings. */
  private readonly indexes = new WeakMap<Collection, ReadonlyMap<string, number>>();

  /** @param text one that the schema reads; of another only the beginning is known */
  constructor(text: string, schema: Schema) {
    const reader = new Reader(text);
    const options: LoadOptions = {
      ...yamlLimits,
      schema,
      listener: (event, state) => reader.on(event, state),
    };
    try {
      load(text, options);
    } catch {
      // The beginning is left.
    }
    this.document = reader.document;
  }

  /**
   * Where the value at a path begins, or the deepest part of its path that exists.
   *
   * @param end `key`: where the last key of the path begins
   */
  find(path: Path, end: 'key' | 'value' = 'value'): Found {
    let offset = this.document.offset ?? 0;
    let current = this.document.collection;
    for (const [position, step] of path.entries()) {
      const index = current === undefined ? undefined : this.indexOf(current, step);
      if (current === undefined || index === undefined) {
        return { offset, isWhole: false };
      }
      const wantsKey = end === 'key' && position === path.length - 1;
      const value = current.offsets[index];
      const found = (wantsKey ? undefined : value) ?? current.keyOffsets[index] ?? value;
      if (found === undefined) {
        return { offset, isWhole: false };
      }
      offset = found;
      current = current.inner[index];
    }
    return { offset, isWhole: true };
  }

  private indexOf(collection: Collection, step: string | number): number | undefined {
    const { keys, offsets } = collection;
    if (keys === undefined) {
      return typeof step === 'number' && step < offsets.length ? step : undefined;
    }
    const known = this.indexes.get(collection) ?? new Map(keys.map((key, index) => [key, index]));
    this.indexes.set(collection, known);
    return known.get(String(step));
  }
}

/** A value that is being read. */
interface Frame {
  readonly offset: number;
  readonly parts: Part[];
}

/** Follows the parser, which reports where each value begins, keys included, and what it has become. */
class Reader {
  document: Part = { offset: 0, result: undefined, collection: undefined };
  private readonly open: Frame[] = [];

  constructor(private readonly text: string) {}

  on(event: 'open' | 'close', state: State): void {
    if (event === 'open') {
      this.open.push({ offset: state.position, parts: [] });
      return;
    }
    const frame = this.open.pop();
    if (frame !== undefined) {
      const part = this.partOf(frame, state);
      const parent = this.open.at(-1);
      if (parent === undefined) {
        this.document = part;
      } else {
        parent.parts.push(part);
      }
    }
  }

  private partOf({ offset, parts }: Frame, state: State): Part {
    const kind: string | null = state.kind;
    const result: unknown = state.result;
    const [only, ...others] = parts;
    if (kind !== 'scalar' && only !== undefined && others.length === 0 && only.result === result) {
      // The parser has looked whether it is the first key of a mapping.
      return only;
    }
    const isEmpty = kind === null && result === null;
    const start = valueStart(this.text, offset, isEmpty);
    if (kind === 'mapping' && isMapping(result)) {
      return { offset: start, result, collection: mappingOf(parts, result) };
    }
    if (kind === 'sequence' && Array.isArray(result)) {
      return { offset: start, result, collection: listOf(parts, result) };
    }
    const written = typeof result === 'string' ? {} : { written: this.text.slice(start, state.position).trim() };
    return { offset: start, result, collection: undefined, ...written };
  }
}

/** Keys and values alternate, but for a key without a value. */
function mappingOf(parts: readonly Part[], result: Mapping): Collection {
  const keys: string[] = [];
  const keyOffsets: Offset[] = [];
  const offsets: Offset[] = [];
  const inner: (Collection | undefined)[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    const key = String(part?.result);
    const next = parts[index + 1];
    const isPair = next !== undefined && (key === '<<' || Object.is(next.result, result[key]));
    if (!isPair && !Object.hasOwn(result, key)) {
      break;
    }
    // A key that is no text is found by how it is written as well.
    for (const name of part?.written === undefined ? [key] : [part.written, key]) {
      keys.push(name);
      keyOffsets.push(part?.offset);
      offsets.push(isPair ? next.offset : undefined);
      inner.push(isPair ? next.collection : undefined);
    }
    index += isPair ? 1 : 0;
  }
  return { keys, keyOffsets, offsets, inner };
}

/** An entry of a list has a part, but for an empty one; a pair in brackets, `[a: b]`, has two. */
function listOf(parts: readonly Part[], result: readonly unknown[]): Collection {
  const offsets: Offset[] = [];
  const inner: (Collection | undefined)[] = [];
  let next = 0;
  for (const entry of result) {
    const part = parts[next];
    const isEmpty = entry === null && part?.result !== null;
    offsets.push(isEmpty ? undefined : part?.offset);
    inner.push(isEmpty ? undefined : part?.collection);
    next += isEmpty ? 0 : Object.is(part?.result, entry) ? 1 : 2;
  }
  return { keys: undefined, keyOffsets: [], offsets, inner };
}

const blank = /[ \t]+/y;
const blankOrComment = /[ \t\r\n]+|#[^\n]*/y;
const property = /!<[^>\n]*>|[&!][^\s,[\]{}]*/y;

/** Behind blanks, comments, anchors and tags; nothing stands where the line ends. */
function valueStart(text: string, offset: number, isEmpty: boolean): number {
  let at = offset;
  for (;;) {
    const end = matchEnd(isEmpty ? blank : blankOrComment, text, at) ?? matchEnd(property, text, at);
    if (end === undefined) {
      return at;
    }
    at = end;
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
