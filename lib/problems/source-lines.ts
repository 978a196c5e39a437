/** The lines of a file, for excerpts; none when it cannot be read any more. */
export type SourceLines = (file: string) => readonly string[];
