import { expect, test } from 'vitest';
import { validYaml } from '../../../lib/lint/rules/valid-yaml.ts';
import { line, linted } from '../support/linted.ts';

const findings = (text: string) => linted({ 'a.yaml': text }, { rules: [validYaml] }).result.findings.map(line);

test('reports a document that is broken, and no other of the file', () => {
  expect(findings('kind: Pod\n---\nname: "open\n---\nkind: Pod\n')).toEqual([
    expect.stringMatching(/^a\.yaml:\d+:\d+ error valid-yaml: not YAML: /),
  ]);
});

test('does not report what is YAML', () => {
  expect(findings('kind: Pod\n---\n# nothing\n---\n- a\n- {b: c}\n')).toEqual([]);
});
