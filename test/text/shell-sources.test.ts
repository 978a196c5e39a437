import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templatesOf } from './templates.ts';

/** Beginnings of commands, not of sentences about these programs. */
const command = new RegExp(
  [
    'kubectl (annotate|apply|auth|config|cordon|create|delete|describe|diff|edit|get|label|logs|patch|rollout|taint|top|uncordon|wait) ',
    'helm (get|history|install|list|repo|rollback|show|template|uninstall|upgrade) ',
    'docker (build|builder|compose|events|image|inspect|login|ps|push|stop|system|update) ',
    'git (add|clone|commit|push) ',
    'npm run |npx |podhost (check|deploy|explain|forecast|lint|synth|undeploy) (-|\\$)',
    "ssh(-\\w+)? (-|\\$)|scp |sudo |systemctl |printf '|curl -|chmod |unset \\$|export \\$|read -r|sh -c ",
  ].join('|'),
);

/** Texts that look like lines for a shell, with something put into them that nobody has quoted. */
const commandsIn = (source: string): string[] =>
  templatesOf(source).flatMap(({ tag, text }) =>
    tag !== 'sh' && text.includes('${…}') && command.test(text) ? [text] : [],
  );

test('no command is put together as a text: only `sh` quotes what is put into it', () => {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && path !== join('text', 'shell.ts'),
  );
  const found = files.flatMap((path) =>
    commandsIn(readFileSync(join('lib', path), 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
  const tagged = files.flatMap((path) => templatesOf(readFileSync(join('lib', path), 'utf8')));
  expect(tagged.filter(({ tag }) => tag === 'sh').length).toBeGreaterThan(100);
});

test.each([
  ['const a = `run: kubectl get ${name}`;', ['run: kubectl get ${…}']],
  ["`see ${sh`kubectl get ${name}`} or 'x': ssh ${host}`", ["see ${…} or 'x': ssh ${…}"]],
  ['/[`"]/.test(a); sh`kubectl get ${a}`; // `kubectl get ${a}`\n`sudo ${{ a: `x` }.a}`', ['sudo ${…}']],
  ["'`kubectl get ${a}`' + `the kubectl of ${name}`", []],
])('a text that holds a command is found: %s', (source, found) => {
  expect(commandsIn(source)).toEqual(found);
});
