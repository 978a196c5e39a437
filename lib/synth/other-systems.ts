import { join } from 'node:path';
import type { Problem } from '../problems/problem.ts';
import { otherOutput } from './output-location.ts';
import { listPath, type OwnedFiles } from './owned-files.ts';

export interface OtherSystemsProps {
  readonly output: string;
  readonly system: string;
  /** Paths that are in the list of another system. */
  readonly taken: readonly string[];
  readonly owned: OwnedFiles;
}

/** How many files are named; the list has all. */
const maximumNamed = 20;

/** A problem for each system whose files would be overwritten, with what to do when it is the same one renamed. */
export function otherSystems({ output, system, taken, owned }: OtherSystemsProps): Problem[] {
  const names = [...new Set(taken.flatMap((path) => owned.others.get(path) ?? []))].sort();
  return names.map((name): Problem => {
    const paths = taken.filter((path) => owned.others.get(path) === name);
    const list = join(output, listPath(name));
    const more = paths.length > maximumNamed ? ` and ${paths.length - maximumNamed} more` : '';
    const isRenamed = owned.list === undefined && names.length === 1;
    const remedy = isRenamed
      ? `if ${name} is now called ${system}, rename ${list} to ${system}`
      : `if ${name} no longer exists, remove ${list}`;
    return {
      code: 'synth/other-system',
      message: `${list} names files of the system ${name} that ${system} would overwrite: ${paths.slice(0, maximumNamed).join(', ')}${more}`,
      suggestion: `${otherOutput}; ${remedy}`,
    };
  });
}
