import { chmodSync, linkSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedHeader } from '../../../lib/files/generated-mark.ts';
import { applyFixes } from '../../../lib/lint/fix/apply-fixes.ts';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import type { Rule } from '../../../lib/lint/rule.ts';
import { readSources } from '../../../lib/model/source/read-sources.ts';
import { filesIn, temporaryFolder } from '../../support/temporary-folder.ts';
import { noBadKey } from '../support/fake-rules.ts';
import { badConfigMap, linted } from '../support/linted.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const lintFolder = (folder: string, rules: readonly Rule[] = [noBadKey]) =>
  lintSources(readSources([folder]), { rules });

test('every finding is mended once, comments and layout stay, and nothing is left to find', () => {
  const text = `# ours\n${badConfigMap('one')}---\n${badConfigMap('two')}   # the end\n`;
  const folder = folderWith({ 'a.yaml': text, 'b.yaml': badConfigMap('three'), 'fine.yaml': '# nothing\n' });
  expect(applyFixes(lintFolder(folder))).toEqual([`${folder}/a.yaml: 2 fixed`, `${folder}/b.yaml: 1 fixed`]);
  expect(filesIn(folder)).toEqual({
    'a.yaml': text.replaceAll('  bad:', '  good:'),
    'b.yaml': badConfigMap('three').replace('  bad:', '  good:'),
    'fine.yaml': '# nothing\n',
  });
  expect(lintFolder(folder).result.findings).toEqual([]);
});

test('what is suppressed is not mended', () => {
  const folder = folderWith({ 'a.yaml': badConfigMap('one', { 'podhost.dev/ignore-no-bad-key': 'legacy' }) });
  expect(applyFixes(lintFolder(folder))).toEqual([]);
});

test('a generated file is mended with a word of warning', () => {
  const folder = folderWith({ 'a.yaml': generatedHeader + badConfigMap('one') });
  expect(applyFixes(lintFolder(folder))).toEqual([
    `${folder}/a.yaml: 1 fixed, which the next podhost synth undoes: change the configuration as well`,
  ]);
});

test('rights and links of a file stay, and so does a byte order mark', () => {
  const folder = folderWith({ 'real.txt': `\ufeff${badConfigMap('one')}` });
  chmodSync(join(folder, 'real.txt'), 0o640);
  symlinkSync('real.txt', join(folder, 'a.yaml'));
  applyFixes(lintFolder(folder));
  expect(statSync(join(folder, 'real.txt')).mode & 0o777).toBe(0o640);
  expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toMatch(/^\ufeffapiVersion[\s\S]* {2}good:/);
});

describe('all files stay as they were', () => {
  test('when one has changed since it was read', () => {
    const folder = folderWith({ 'a.yaml': badConfigMap('one'), 'b.yaml': badConfigMap('two') });
    const found = lintFolder(folder);
    writeFileSync(join(folder, 'b.yaml'), 'changed');
    expect(() => applyFixes(found)).toThrow('b.yaml is not what was read');
    expect(filesIn(folder)).toEqual({ 'a.yaml': badConfigMap('one'), 'b.yaml': 'changed' });
  });

  test('when one is not UTF-8', () => {
    const folder = temporaryFolder();
    const bytes = Buffer.from(badConfigMap('one').replace('value', 'caf\u00e9'), 'latin1');
    writeFileSync(join(folder, 'a.yaml'), bytes);
    expect(() => applyFixes(lintFolder(folder))).toThrow('is not UTF-8');
    expect(readFileSync(join(folder, 'a.yaml')).equals(bytes)).toBe(true);
  });

  test('when one cannot be replaced', () => {
    const folder = folderWith({ 'a.yaml': badConfigMap('one'), 'b.yaml': badConfigMap('two') });
    const found = lintFolder(folder);
    linkSync(join(folder, 'b.yaml'), join(folder, 'twin'));
    expect(() => applyFixes(found)).toThrow('b.yaml is one of 2 hard links to a file');
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(badConfigMap('one'));
  });

  test('when a fix would break the YAML', () => {
    const breaking: Rule = {
      ...noBadKey,
      check: (model) =>
        noBadKey.check(model).map((finding) => ({
          ...finding,
          fix: { file: finding.place.file, apply: (text) => `${text}}` },
        })),
    };
    const folder = folderWith({ 'a.yaml': badConfigMap('one') });
    expect(() => applyFixes(lintFolder(folder, [breaking]))).toThrow('would break it, so nothing was written');
    expect(filesIn(folder)).toEqual({ 'a.yaml': badConfigMap('one') });
  });

  test('when one is standard input', () => {
    expect(() => applyFixes(linted({ '<stdin>': badConfigMap('one') }))).toThrow('standard input is none');
  });
});
