import { isWarning, type Problem } from '../problems/problem.ts';
import type { Path } from '../yaml/value.ts';
import { asProblem } from './finding.ts';
import { Located, locate } from './reading/located.ts';
import type { Node } from './reading/node.ts';
import type { Source } from './reading/source.ts';
import { configRules } from './rules/index.ts';
import type { RuleContext } from './rules/rule.ts';
import { type SystemConfig, systemSchema } from './schema/system.ts';
import { shapeProblems } from './shape/shape-problems.ts';

/** A valid configuration, or none; and all its problems and warnings, in the order of the file. */
interface CheckedDocument {
  /** @default - one of the problems is an error */
  readonly config?: SystemConfig;
  readonly problems: readonly Problem[];
  /** The file, whose values of the wrong shape have no text. */
  readonly system: Located;
}

interface CheckDocumentProps extends Omit<RuleContext, 'system'> {
  readonly source: Source;
  readonly contents: Node;
  /** The document as JavaScript. */
  readonly value: unknown;
}

export function checkDocument({ source, contents, value, ...context }: CheckDocumentProps): CheckedDocument {
  const parsed = systemSchema.safeParse(value);
  const root = Located.root(source, contents);
  const shape = shapeProblems(systemSchema, root, parsed.error?.issues ?? []);
  const meant = new Set(shape.flatMap((finding) => (finding.meant === undefined ? [] : pathKey(finding.meant))));
  const invalid = new Set([...shape.map(({ path }) => pathKey(path)), ...meant]);
  const isSound = ({ path }: Located) => !path.some((_, end) => invalid.has(pathKey(path.slice(0, end + 1))));
  const system = invalid.size === 0 ? root : Located.root(source, contents, isSound);
  const problems = [
    ...shape
      .filter(({ id, path }) => id !== 'missing-key' || !meant.has(pathKey(path)))
      .map(({ id, path, atKey, message, suggestion }) => {
        const at = locate(root, path);
        return asProblem(id, { message, suggestion, place: atKey === true ? at.keyPlace : at.place });
      }),
    ...configRules.flatMap(({ id, level, check }) =>
      [...check({ system, ...context })].map((finding) => asProblem(id, finding, level)),
    ),
  ];
  const ordered = problemsInOrder(problems, source.file);
  return parsed.success && ordered.every(isWarning)
    ? { config: parsed.data, problems: ordered, system }
    : { problems: ordered, system };
}

const pathKey = (path: Path): string => JSON.stringify(path);

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
