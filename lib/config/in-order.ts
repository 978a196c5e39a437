import type { Problem } from '../problems/problem.ts';

/**
 * Problems by position, those of the configuration before those of files that it names. What an alias repeats is reported
 * once.
 */
export function problemsInOrder(problems: readonly Problem[], configuration: string): Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ code, place }) => {
      const key = JSON.stringify([code, place]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => {
      const [aFile, aLine, aColumn] = position(a, configuration);
      const [bFile, bLine, bColumn] = position(b, configuration);
      return aFile < bFile ? -1 : aFile > bFile ? 1 : aLine - bLine || aColumn - bColumn;
    });
}

const position = ({ place }: Problem, configuration: string) =>
  [
    place === undefined || place.file === configuration ? '' : place.file,
    place?.line ?? 0,
    place?.column ?? 0,
  ] as const;
