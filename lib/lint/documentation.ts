import type { RuleDescription } from './rule.ts';
import { suppressionAnnotation } from './suppression/annotation.ts';
import { suppressionComment } from './suppression/comment.ts';

/** A rule's page, as Markdown. */
export function documentationPage({ id, severity, isOffByDefault = false, documentation }: RuleDescription): string {
  const { summary, why, remediation, example, see } = documentation;
  const parts = [
    `# ${id}`,
    summary,
    isOffByDefault
      ? `Off, unless the configuration or \`--rule ${id}=${severity}\` sets a severity.`
      : `Reported as ${severity === 'error' ? 'an error' : 'a warning'}, unless the configuration sets another severity.`,
    '## Why',
    why,
    '## What to do',
    remediation,
    fenced(exampleLanguage(example), example),
    '## Where it does not apply',
    'Give the reason in an annotation of the object or in a comment above the line:',
    fenced('yaml', `${suppressionAnnotation(id)}: "REASON"\n\n${suppressionComment(id, 'REASON')}`),
    `Or set its severity everywhere: \`--rule ${id}=off\`, or \`lint: { rules: { ${id}: off } }\` in the configuration.`,
    '## See',
    see.map((address) => `- <${address}>`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The table of all pages. */
export function documentationIndex(rules: readonly RuleDescription[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      ({ id, severity, isOffByDefault, documentation }) =>
        `| [${id}](${id}.md) | ${isOffByDefault === true ? 'off' : severity} | ${inCell(documentation.summary)} |`,
    );
  const intro = 'What `podhost lint` reports. `podhost lint --explain RULE` prints the same pages.';
  return ['# Rules', '', intro, '', '| rule | severity | reports |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** Everything in the folder of the rules' documentation, by the name of the file. */
export const documentationFiles = (rules: readonly RuleDescription[]): ReadonlyMap<string, string> =>
  new Map([
    ['README.md', documentationIndex(rules)],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, documentationPage(rule)]),
  ]);

const command = /^\s*(#.*\n\s*)*(\$ )?(kubectl|helm|podhost|npx|npm|cdk8s) /;

/** A key, or an entry of a list. */
const yaml = /^\s*(- |[^\s:]+:(\s|$))/m;

/** What the text to paste is written in. */
export function exampleLanguage(example: string): 'sh' | 'yaml' | 'text' {
  if (command.test(example)) {
    return 'sh';
  }
  return yaml.test(example) ? 'yaml' : 'text';
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

const inCell = (text: string): string => text.replaceAll('|', '\\|');
