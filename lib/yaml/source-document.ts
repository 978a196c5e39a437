import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Place } from '../problems/problem.ts';
import { embeddedPlaces, type Places } from './embedded-places.ts';
import type { Path } from './value.ts';

/**
 * One YAML document of a file. Its value is read fast and without places; where something stands is looked up in a
 * second, slower reading of this document alone, which few documents ever need.
 */
export class SourceDocument {
  private parsed: { readonly document: Document; readonly lines: LineCounter } | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
    /** What the document holds, as `kubectl` and `helm` read it. */
    readonly value: unknown,
    /** Where a line and a column of the text stand in the file. */
    private readonly at: Places = (line, column) => ({ file, line, column }),
  ) {}

  /**
   * Where a value stands, or as much of the way to it as exists.
   *
   * @param end `key`: where the last key of the path stands
   */
  place(path: Path = [], end: 'key' | 'value' = 'value'): Place {
    const { document, lines } = this.reading();
    let offset = start(document.contents) ?? 0;
    let node: unknown = document.contents;
    for (const [index, step] of path.entries()) {
      const pair = pairAt(node, step);
      const next = pair?.value ?? itemAt(node, step);
      const wantsKey = end === 'key' && index === path.length - 1;
      const found = (wantsKey ? undefined : start(next)) ?? start(pair?.key) ?? start(next);
      if (found === undefined) {
        break;
      }
      offset = found;
      node = next;
    }
    const { line, col } = lines.linePos(offset);
    return this.at(line, col);
  }

  /** Where a line of the text at a path stands, counted from 0. */
  placeOfLine(path: Path, index: number): Place {
    return this.placesWithin(path)(index + 1, 1);
  }

  /** The document that stands as text at a path, such as a collector's configuration in a ConfigMap. */
  embedded(path: Path, text: string, value: unknown): SourceDocument {
    let places: Places | undefined;
    return new SourceDocument(this.file, text, value, (line, column) => {
      places ??= this.placesWithin(path);
      return places(line, column);
    });
  }

  /** Where lines and columns of the text at a path stand. */
  private placesWithin(path: Path): Places {
    const { lines } = this.reading();
    return embeddedPlaces(this.node(path), this.text, lines, this.at, this.place(path, 'key'));
  }

  private node(path: Path): Node | undefined {
    const found = path.reduce<unknown>((node, step) => pairAt(node, step)?.value ?? itemAt(node, step), this.contents);
    return isNode(found) ? found : undefined;
  }

  private get contents(): unknown {
    return this.reading().document.contents;
  }

  private reading() {
    if (this.parsed === undefined) {
      const lines = new LineCounter();
      const document = parseDocument(this.text, { lineCounter: lines, logLevel: 'silent', prettyErrors: false });
      this.parsed = { document, lines };
    }
    return this.parsed;
  }
}

const pairAt = (node: unknown, step: string | number): Pair | undefined =>
  isMap(node) ? node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step)) : undefined;

const itemAt = (node: unknown, step: string | number): unknown =>
  isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;

const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
