import type { LintFinding } from '../../../lib/lint/lint-finding.ts';
import { type LintedSources, type LintSourcesProps, lintSources } from '../../../lib/lint/lint-sources.ts';
import { noBadKey, requireDomain } from './fake-rules.ts';

/**
 * Lints texts by the name of their file, with the two fake rules unless others are given. A text whose first key is
 * `global` is values.
 */
export const linted = (files: Readonly<Record<string, string>>, props: LintSourcesProps = {}): LintedSources => {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  const valuesFiles = sources.filter(({ text }) => /^(\s*#.*\r?\n|\s*\n)*global:/.test(text)).map(({ file }) => file);
  return lintSources(sources, { rules: [noBadKey, requireDomain], valuesFiles, ...props });
};

/** A finding as a line. */
export const line = ({ rule, level, place, message }: LintFinding): string =>
  `${place.file}:${place.line}:${place.column} ${level} ${rule.id}: ${message}`;

/** A ConfigMap with a bad key. */
export const badConfigMap = (name: string, annotations: Readonly<Record<string, string>> = {}): string =>
  [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    `  name: ${name}`,
    '  namespace: shop',
    ...(Object.keys(annotations).length === 0 ? [] : ['  annotations:']),
    ...Object.entries(annotations).map(([annotation, reason]) => `    ${annotation}: ${JSON.stringify(reason)}`),
    'data:',
    '  bad: value',
    '',
  ].join('\n');
