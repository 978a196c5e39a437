import type { Place } from '../../problems/problem.ts';
import { LineStarts } from '../../yaml/line-starts.ts';

/** A file whose offsets begin where those of the file before it end. */
interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** The offset of its first character. */
  readonly start: number;
  /** Found when a place is asked for first. */
  lines?: LineStarts;
}

/** A file, or several that are merged: where offsets stand. */
export class Source {
  private constructor(private readonly files: readonly SourceFile[]) {}

  /** @param start the offset of its first character */
  static of(file: string, text: string, start = 0): Source {
    return new Source([{ file, text, start }]);
  }

  /** The files of several sources as one, by ascending offsets. */
  static merged(sources: readonly Source[]): Source {
    return new Source(sources.flatMap(({ files }) => files));
  }

  /** The file, or the first of several. */
  get file(): string {
    return this.files[0]?.file ?? '';
  }

  place(offset: number): Place {
    const found = this.fileAt(offset);
    found.lines ??= new LineStarts(found.text);
    return { file: found.file, ...found.lines.position(offset - found.start) };
  }

  private fileAt(offset: number): SourceFile {
    const found = this.files.findLast(({ start }) => start <= offset) ?? this.files[0];
    if (found === undefined) {
      throw new Error('a source has a file');
    }
    return found;
  }
}
