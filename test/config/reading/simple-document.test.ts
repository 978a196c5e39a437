import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lexer } from 'yaml';
import { systemOfSize } from '../../../bench/system-of-size.ts';
import { isNothing, type Node } from '../../../lib/config/reading/node.ts';
import { composedConfig } from '../../../lib/config/reading/parse-document.ts';
import { simpleDocument } from '../../../lib/config/reading/simple-document.ts';
import { readSimply, type SimpleBuilder } from '../../../lib/yaml/simple-reader.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { damaged } from '../../support/damaged.ts';
import { randomLines, randomPieces } from '../../support/simple-lines.ts';
import { tries } from '../../support/tries.ts';
import { documents } from '../../yaml/arbitrary-documents.ts';

/** What a configuration can show of a node; an alias shows which node before it stands for. */
function shown(root: Node): unknown {
  const seen = new Map<Node, number>();
  const show = (node: Node): unknown => {
    if (node.kind === 'alias') {
      return { alias: seen.get(node.target), start: node.start };
    }
    seen.set(node, seen.size);
    switch (node.kind) {
      case 'text':
        return isNothing(node) ? 'nothing' : node;
      case 'list':
        return { ...node, items: node.items.map(show) };
      default: {
        const entries = [...node.entries].map(([key, { keyStart, value }]) => [key, keyStart, value && show(value)]);
        return { ...node, entries };
      }
    }
  };
  return show(root);
}

const tokensOf = (text: string): number => [...new Lexer().lex(text)].length;

const ignoring: SimpleBuilder<boolean, boolean> = {
  text: () => true,
  list: () => true,
  mapping: () => true,
  add: () => true,
  alias: () => true,
};

/** Whether the text is simple; then it is what the package `yaml` makes of it. */
function isRead(text: string, start = 0): boolean {
  const simple = simpleDocument(text, start);
  if (simple === undefined) {
    return false;
  }
  expect(tokensOf(text)).toBeLessThanOrEqual(readSimply(text, ignoring)?.tokens ?? 0);
  const composed = composedConfig('a.yaml', text, start);
  expect('contents' in composed ? shown(composed.contents) : composed.problems).toEqual(shown(simple));
  return true;
}

const example = readFileSync('config/dataprime-demo.yaml', 'utf8');

const environments = ['base', 'staging', 'production'].map((name) =>
  readFileSync(`examples/environments/${name}.yaml`, 'utf8'),
);

test.each([
  ['the example', example],
  ['a system of a thousand services', systemOfSize(1000)],
  ...environments.map((text, index) => [`configuration ${index + 1} of the environments`, text]),
])('%s is a simple document', (_, text) => {
  expect(isRead(text)).toBe(true);
  expect(isRead(text, 1000)).toBe(true);
});

test('a system of ten thousand services that are not alike is a simple document', () => {
  expect(simpleDocument(systemOfSize(10_000, false), 0)).toBeDefined();
});

test.each([['an anchor in what another one of its name stands for', 'a: &x\n  a: &x [a]\nf: *x']])(
  '%s is left to the package yaml',
  (_, text) => {
    expect(isRead(text)).toBe(false);
  },
);

test('a text of random lines is read as the package yaml reads it, or not at all', () => {
  fc.assert(fc.property(randomLines, fc.nat(9), isReadOrNot), tries(3000));
});

test('a text of random pieces is read as the package yaml reads it, or not at all', () => {
  fc.assert(fc.property(randomPieces, fc.nat(9), isReadOrNot), tries(3000));
});

const isReadOrNot = (text: string, start = 0): void => {
  isRead(text, start);
};

test('a configuration that was damaged at random is read as the package yaml reads it, or not at all', () => {
  const texts = fc.constantFrom(example, ...environments).chain(damaged);
  fc.assert(
    fc.property(texts, (text) => isReadOrNot(text)),
    tries(300),
  );
});

test('a document of any values is read as the package yaml reads it, or not at all', () => {
  fc.assert(
    fc.property(documents, (value) => isReadOrNot(toYaml(value))),
    tries(300),
  );
});
