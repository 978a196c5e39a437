import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocuments } from '../../lib/yaml/documents.ts';

test('the plugin of Helm has the version of the package and a name that Helm takes', () => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [plugin] = parseDocuments('plugin.yaml', readFileSync('plugins/helm/plugin.yaml', 'utf8')).documents;
  expect(plugin?.value).toMatchObject({ version, type: 'postrenderer/v1', name: expect.stringMatching(/^[\w-]+$/) });
});
