import { quoted } from '../../text/quoted.ts';
import { isMapping, type Path } from '../../yaml/value.ts';
import type { Collector } from './collector.ts';
import type { PartProblem } from './part.ts';

/** Settings of receivers and statements have their own use of the dollar, in patterns. */
const sections = ['exporters', 'extensions', 'processors', 'receivers', 'service'];

/** Variables in a configuration that the collector does not replace. */
export function unreplacedVariables({ config, title }: Collector): PartProblem[] {
  const problems: PartProblem[] = [];
  const visit = (value: unknown, path: Path) => {
    if (typeof value === 'string') {
      const name = bareVariable(value);
      if (name !== undefined && !hasPattern(path)) {
        problems.push({
          path,
          message: `${path.at(-1)} of ${path.slice(0, 2).join('.')} of ${title} is ${quoted(value, String(path.at(-1)))}, and a collector does not replace ${name.text}`,
          suggestion: `write: \${env:${name.name}}`,
        });
      }
    } else if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) {
        visit(entry, [...path, index]);
      }
    } else if (isMapping(value)) {
      for (const [key, entry] of Object.entries(value)) {
        visit(entry, [...path, key]);
      }
    }
  };
  for (const section of sections) {
    visit(config[section], [section]);
  }
  return problems;
}

/** A variable as a shell or the kubelet writes it, that is no group of a pattern. */
function bareVariable(text: string): { readonly name: string; readonly text: string } | undefined {
  const [found, bare, parenthesized] =
    /(?<!\$)\$(?:([A-Z][A-Z0-9_]{2,})|\(([A-Z][A-Z0-9_]{2,})\))(?![A-Za-z0-9])/.exec(text) ?? [];
  const name = bare ?? parenthesized;
  return found === undefined || name === undefined ? undefined : { name, text: found };
}

/** Whether a setting holds patterns or expressions. */
const hasPattern = (path: Path): boolean =>
  path.some(
    (step) => typeof step === 'string' && /statement|regex|pattern|operators|expr|replace|relabel|scrape/.test(step),
  );
