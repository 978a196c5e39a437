import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { sourceLines } from '../../lib/files/source-lines.ts';
import { formatProblems } from '../../lib/problems/format.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { minimal } from '../config/minimal.ts';
import { expectLinear } from '../support/scaling.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Part = (index: number) => string;

const repeated = (count: number, part: Part): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('');

/** The valid configuration with much of something behind one of its lines. */
const behind =
  (line: string, part: Part) =>
  (count: number): string =>
    minimal.replace(line, () => line + repeated(count, part));

const service =
  (rest: string): Part =>
  (index) =>
    `  - { name: s${index}, image: "a:1", port: 80${rest} }\n`;

const cases: readonly (readonly [string, (count: number) => string])[] = [
  ['unknown keys', behind('clusterName: shop\n', (index) => `unknown${index}: x\n`)],
  ['keys that stand twice', behind('clusterName: shop\n', () => 'twice: x\n')],
  ['keys of the ConfigMap', behind('    LOG_LEVEL: info\n', (index) => `    KEY_${index}: x\n`)],
  ['malformed keys', behind('    LOG_LEVEL: info\n', (index) => `    KEY-${index}: x\n`)],
  ['references to nothing', behind('    LOG_LEVEL: info\n', (index) => `    KEY_${index}: { service: s${index} }\n`)],
  ['services', behind('services:\n', service(''))],
  ['services of one name and port', behind('services:\n', () => service(', nodePort: 30011')(0))],
  ['services that are misspelt', behind('services:\n', (index) => `  - { nam: s${index}, port: x }\n`)],
  ['services that read what is not there', behind('services:\n', service(', configKeys: [A], secretKeys: [B]'))],
  [
    'references among many services',
    (count) =>
      behind(
        'services:\n',
        service(''),
      )(count).replace(
        '    LOG_LEVEL: info\n',
        (line) => line + repeated(count, (index) => `    KEY_${index}: { service: t${index} }\n`),
      ),
  ],
  ['dimensions', (count) => minimal.replace('[k8s.pod.name]', `[${repeated(count, (index) => `a.b${index}, `)}]`)],
  ['dimensions of one label', (count) => minimal.replace('[k8s.pod.name]', `[${repeated(count, () => 'a.b, a_b, ')}]`)],
  [
    'keys of the Secret',
    (count) => minimal.replace('[DB_PASSWORD,', `[${repeated(count, (index) => `K${index}, `)}DB_PASSWORD,`),
  ],
  ['variables', behind('    configKeys: [LOG_LEVEL]\n', (index) => `    e${index}: &a${index} [*a]\n`)],
  ['volumes', behind('    volumes:\n', (index) => `      - { name: v${index}, mountPath: /v${index} }\n`)],
  ['routes to nothing', behind('  routes:\n', (index) => `    - { path: /p${index}, service: s${index} }\n`)],
  [
    'policies',
    behind(
      '    enabled: true\n',
      (index) => `${index === 0 ? '    policies:\n' : ''}      - { name: p${index}, type: always }\n`,
    ),
  ],
  ['secrets', behind('clusterName: shop\n', (index) => `a${index}_PASSWORD: hunter2hunter\n`)],
  ['syntax errors', behind('clusterName: shop\n', () => '\tx: y\n')],
  ['anchors and aliases', behind('clusterName: shop\n', (index) => `x${index}: &a${index} [*b${index}]\n`)],
  ['problems in one line', (count) => JSON.stringify({ services: Array(count).fill({ name: 'A b', port: 'x' }) })],
  ['slashes of a path', (count) => minimal.replace('/app/data', `/${'/'.repeat(50 * count)}x`)],
  ['letters of an image', (count) => minimal.replace('image: web', `image: ${'a_'.repeat(50 * count)}!`)],
  ['zeros of a port', (count) => minimal.replace('port: 8081', `port: ${'0'.repeat(50 * count)}T`)],
  ['hyphens of a name', (count) => minimal.replace('shop.example.com', `"a${'-'.repeat(50 * count)}0"`)],
  ['blanks of a text', (count) => minimal.replace('production', `"x${' '.repeat(50 * count)}\\nx"`)],
  ['a long key', (count) => `${minimal}${'k'.repeat(50 * count)}: { a: 1, b: 2 }\n`],
];

describe('check takes no longer than in proportion to', () => {
  test.each(cases)('%s', (_, configuration) => {
    const file = join(temporaryFolder(), 'shop.yaml');
    expectLinear((count) => {
      writeFileSync(file, configuration(count));
      return () => checked(file);
    }, 50);
  });
});

/** What `podhost check` prints. */
function checked(file: string): string {
  try {
    loadSystem(file);
    return '';
  } catch (error) {
    if (error instanceof PodhostError) {
      return formatProblems(error.problems, { format: 'text', lines: sourceLines() });
    }
    throw error;
  }
}
