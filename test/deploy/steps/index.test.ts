import { expect, test } from 'vitest';
import { deploySteps, selectedSteps } from '../../../lib/deploy/steps/index.ts';
import { stepNames } from '../../../lib/run/context.ts';

const names = (selection: Parameters<typeof selectedSteps>[1]) =>
  selectedSteps(deploySteps, selection).map(({ name }) => name);

test('steps keep their order, however they are selected', () => {
  expect(names({ only: ['verify', 'secrets', 'apply'], skip: ['apply'] })).toEqual(['secrets', 'verify']);
});

test('without a selection all run, in the order of their names', () => {
  const all = names({});
  expect(stepNames.filter((name) => all.includes(name))).toEqual(all);
});

test('a selection that leaves nothing is refused', () => {
  expect(() => names({ only: ['apply'], skip: ['apply'] })).toThrow('--only apply and --skip apply leave no step');
});
