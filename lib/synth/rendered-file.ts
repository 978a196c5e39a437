/** A file of the output. */
export interface RenderedFile {
  /** Path below the output folder, `/` between its parts. */
  readonly path: string;
  readonly content: string;
}
