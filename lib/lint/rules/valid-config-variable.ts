import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { quoted } from '../../text/quoted.ts';
import { isMapping, type Path } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const validConfigVariable: Rule = {
  id: 'valid-config-variable',
  severity: 'error',
  documentation: {
    summary: 'Reports `$NAME` and `$(NAME)` in the configuration of a collector, which it does not replace.',
    why: 'The collector replaces `${env:NAME}` and `${NAME}` in its configuration; the form without braces is gone since 0.105. The text stays as it is: a key is refused as wrong, an endpoint does not resolve, and the collector runs all the same.',
    remediation: 'Write `${env:NAME}`; a dollar that is meant is written twice.',
    example: `exporters:
  coralogix:
    private_key: \${env:CORALOGIX_PRIVATE_KEY}`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#environment-variables'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

/** Settings of receivers and statements have their own use of the dollar, in patterns. */
const sections = ['exporters', 'extensions', 'processors', 'receivers', 'service'];

function problemsOf({ config, title }: Collector): PartProblem[] {
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
