import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/api.md',
  'docs/configuration.md',
  'docs/json.md',
  'docs/verify.md',
  'examples/README.md',
  'examples/one-service/README.md',
  'examples/own-collector/README.md',
  'examples/environments/README.md',
];

/** Parts of a path that a reader replaces by a name. */
const placeholder = /\b(ID|NAME|VALUES_FILE)\b|\.\.\./;

test.each(documents)('every file that %s links to or names exists', (document) => {
  const text = readFileSync(document, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => join(dirname(document), path));
  const named = [...text.matchAll(/`((?:lib|test|scripts|docs|schema|examples)\/[^`\s]*|biome[^`\s]*)`/g)].map(
    ([, path = '']) => path,
  );
  const paths = [...links, ...named].filter((path) => !placeholder.test(path) && !path.includes('*'));
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
