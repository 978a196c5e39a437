import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askHidden, askYesOrNo, isInteractive } from '../../lib/run/terminal.ts';
import { everyHostile } from '../support/hostile.ts';

const { signal } = new AbortController();

/** A terminal on which somebody has typed a line already. */
function terminalWith(typed: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  input.write(`${typed}\r`);
  return { input, output, shown: () => String(output.read() ?? '') };
}

test.each([
  ['y', true],
  ['Yes', true],
  ['', false],
  ['no', false],
])('%j is answered with %s', async (typed, answer) => {
  expect(await askYesOrNo('Remove it?', terminalWith(typed), signal)).toBe(answer);
});

test('a question asks nothing of the terminal', async () => {
  const terminal = terminalWith('y');
  await askYesOrNo(`Take ${everyHostile} away?`, terminal, signal);
  const shown = terminal.shown();
  expect(shown).toContain('Take \\u001b[2J');
  expect(shown).not.toContain('\u001b[2J');
  expect(shown).not.toMatch(/^\s*::/m);
});

test('a value that is typed does not show', async () => {
  const terminal = terminalWith('hunter2');
  expect(await askHidden('KEY\u001b[2J: ', terminal, signal)).toBe('hunter2');
  expect(terminal.shown()).toBe('KEY\\u001b[2J: \n');
});

test('a question without a terminal is an error', async () => {
  const { input, output } = terminalWith('y');
  const terminal = { input: Object.assign(input, { isTTY: false }), output };
  expect(isInteractive(terminal)).toBe(false);
  await expect(askYesOrNo('Remove it?', terminal, signal)).rejects.toMatchObject({ code: 'deploy/not-confirmed' });
});
