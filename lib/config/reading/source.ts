import type { Alias, LineCounter, Node } from 'yaml';
import type { Place } from '../../problems/problem.ts';

/** A parsed file: where offsets stand and what aliases mean. */
export class Source {
  constructor(
    readonly file: string,
    private readonly lines: LineCounter,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  place(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }

  /** What an alias stands for. */
  target(alias: Alias): Node | undefined {
    return this.targets.get(alias);
  }
}
