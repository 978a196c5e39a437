import type { Schema } from 'js-yaml';
import type { Place } from '../problems/problem.ts';
import { embeddedPlaces, type Places } from './embedded-places.ts';
import { LineStarts } from './line-starts.ts';
import { Positions } from './positions.ts';
import { collectorYamlSchema, kubernetesSchema } from './schema.ts';
import { type Path, textAt } from './value.ts';

/**
 * One YAML document of a file. Its value is read without places; where something stands is looked up in a second
 * reading of this document alone, which few documents ever need.
 */
export class SourceDocument {
  private read: { readonly positions: Positions; readonly lines: LineStarts } | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
    /** What the document holds, as `kubectl` and `helm` read it. */
    readonly value: unknown,
    /** Where a line and a column of the text stand in the file. */
    private readonly at: Places = (line, column) => ({ file, line, column }),
    private readonly schema: Schema = kubernetesSchema,
  ) {}

  /**
   * Where a value stands, or the deepest part of its path that exists.
   *
   * @param end `key`: where the last key of the path stands
   */
  place(path: Path = [], end: 'key' | 'value' = 'value'): Place {
    const { positions, lines } = this.reading();
    const { line, column } = lines.position(positions.find(path, end).offset);
    return this.at(line, column);
  }

  /** Where a line of the text at a path stands, counted from 0. */
  placeOfLine(path: Path, index: number): Place {
    return this.placesWithin(path, textAt(this.value, ...path) ?? '')(index + 1, 1);
  }

  /** The document that stands as text at a path, such as a collector's configuration in a ConfigMap. */
  embedded(path: Path, text: string, value: unknown, schema: Schema = collectorYamlSchema): SourceDocument {
    let places: Places | undefined;
    const at: Places = (line, column) => {
      places ??= this.placesWithin(path, text);
      return places(line, column);
    };
    return new SourceDocument(this.file, text, value, at, schema);
  }

  /** Where lines and columns of the text at a path stand. */
  private placesWithin(path: Path, text: string): Places {
    const { positions, lines } = this.reading();
    const { offset, isWhole } = positions.find(path);
    const key = this.place(path, 'key');
    const { line } = lines.position(offset);
    return isWhole ? embeddedPlaces({ text, document: this.text, offset, line, key, at: this.at }) : () => key;
  }

  private reading() {
    this.read ??= { positions: new Positions(this.text, this.schema), lines: new LineStarts(this.text) };
    return this.read;
  }
}
