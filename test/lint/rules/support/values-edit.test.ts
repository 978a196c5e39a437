import { describe, expect, test } from 'vitest';
import {
  addEntry,
  addKey,
  addNames,
  removeLast,
  renameKey,
  setText,
} from '../../../../lib/lint/rules/support/values-edit.ts';

const text = `# values
agent:
  list: # names
    - name: a # first
    # about b
    - name: b
  other: "x"
`;
const list = ['agent', 'list'];
const named = (name: string) => (entry: { get: (key: string) => unknown }) => entry.get('name') === name;

/** Edits that have nothing to edit, or would not know how. */
const unchanged: Record<string, (text: string) => string> = {
  'a name that is taken': (from) => renameKey(from, ['agent', 'list'], 'other'),
  'a key that is not there': (from) => renameKey(from, ['agent', 'nothing'], 'name'),
  'a key of no mapping': (from) => renameKey(from, ['agent', 'other', 'x'], 'name'),
  'a text that is another': (from) => setText(from, ['agent', 'other'], 'y', 'z'),
  'a text that is a list': (from) => setText(from, list, 'y', 'z'),
  'a key that is there already': (from) => addKey(from, ['agent'], 'other: y'),
  'a key for no mapping': (from) => addKey(from, list, 'other: y'),
  'names that are there already': (from) => addNames(from, list, ['b', 'a']),
  'names for no list': (from) => addNames(from, ['agent', 'other'], ['c']),
  'an entry for no list': (from) => addEntry(from, ['agent', 'other'], '{}', ['a: b']),
  'the last of what must stay': (from) => removeLast(from, list, named('a'), 1),
  'what is not in the list': (from) => removeLast(from, list, named('c')),
  'an entry of no list': (from) => removeLast(from, ['agent', 'other'], named('a')),
};

test.each(Object.entries(unchanged))('leaves the text alone for %s', (_, edit) => {
  expect(edit(text)).toBe(text);
});

test.each(['list: &all\n    - &a { name: a }', 'list: [*a]', 'list: []', 'list:'])('leaves %j alone', (written) => {
  const from = `base: &a { name: a }\nagent:\n  ${written}\n`;
  expect(addNames(from, list, ['b'])).toBe(from);
  expect(addEntry(from, list, '{}', ['name: b'])).toBe(from);
  expect(removeLast(from, list, named('a'))).toBe(from);
});

describe('what is edited', () => {
  test('keeps comments', () => {
    expect(addNames(text, list, ['a', 'c'])).toBe(text.replace('    - name: a', '    - name: c\n    - name: a'));
    expect(addEntry(text, list, '', ['name: c', 'value: d'])).toBe(
      text.replace('    - name: b\n', '    - name: b\n    - name: c\n      value: d\n'),
    );
    expect(removeLast(text, list, named('a'))).toBe(text.replace('    - name: a # first\n', ''));
    expect(renameKey(text, ['agent', 'list'], 'names')).toBe(text.replace('list:', 'names:'));
    expect(setText(text, ['agent', 'other'], 'x', 'y')).toBe(text.replace('"x"', '"y"'));
    expect(addKey(text, ['agent'], 'first: 1')).toBe(text.replace('  list:', '  first: 1\n  list:'));
  });

  test('is the first document, which helm reads', () => {
    expect(renameKey(`${text}---\n${text}`, ['agent'], 'gateway')).toBe(
      `${text.replace('agent:', 'gateway:')}---\n${text}`,
    );
  });
});
