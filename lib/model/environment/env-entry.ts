import { listAt, type Path, pathBelow } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Container } from '../workload.ts';

/** One entry of the `env` of a container. */
export interface SourcedEnvEntry {
  readonly entry: unknown;
  /** Where it stands in the workload's manifest, or what there asks for it. */
  readonly path: Path;
  /**
   * Where its value stands in another object.
   *
   * @default - the workload's manifest holds it
   */
  readonly source?: { readonly manifest: Manifest; readonly path: Path };
}

/** The entries as they are written. */
export function writtenEntries({ value, path }: Container): SourcedEnvEntry[] {
  const list = pathBelow(path, 'env');
  return listAt(value, 'env').map((entry, index) => ({ entry, path: pathBelow(list, index) }));
}
