import { expect, test } from 'vitest';
import { validSamplingPolicy as rule } from '../../../lib/lint/rules/valid-sampling-policy.ts';
import { smallSystem } from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';

const sampling = (policies: unknown, processors = ['k8sattributes', 'tail_sampling']) =>
  smallSystem({ processors, settings: { tail_sampling: { policies } } });
const one = { name: 'one', type: 'always_sample' };
const stops = 'of DaemonSet agent';

test.each([
  ['a mapping', {}, `the policies of tail_sampling ${stops} are no list: the collector does not start`],
  ['a text', 'keep', `the policies of tail_sampling ${stops} are no list: the collector does not start`],
  [
    'a policy that is a text',
    ['keep'],
    `policy 1 of tail_sampling ${stops} is no mapping: the collector does not start`,
  ],
  ['a policy that is null', [null], `policy 1 of tail_sampling ${stops} has no name: the collector does not start`],
  [
    'a name twice',
    [one, one],
    `policy 2 of tail_sampling ${stops} has the name one of another one: the collector does not start`,
  ],
  [
    'a policy without a type',
    [{ name: 'one' }],
    `policy 1 of tail_sampling ${stops} has no type: the collector does not start`,
  ],
  [
    'a type with a typing error',
    [{ ...one, type: 'always_sampled' }],
    `policy 1 of tail_sampling ${stops} has the type always_sampled, which tail_sampling does not have: the collector does not start`,
  ],
])('reports %s', (_, policies, message) => {
  expect(report(rule, sampling(policies))).toMatchObject([{ message }]);
});

test.each([
  ['none', undefined],
  ['an empty list', []],
  ['null', null],
  ['a variable', '${env:POLICIES}'],
  ['a variable among them', [one, '${env:POLICY}']],
  ['two', [one, { name: 'two', type: 'ottl_condition' }]],
])('does not report %s', (_, policies) => {
  expect(report(rule, sampling(policies))).toEqual([]);
});

test('reports of a sampler that no pipeline uses only what the collector reads', () => {
  expect(report(rule, sampling([one, one], ['k8sattributes']))).toEqual([]);
  expect(report(rule, sampling({}, ['k8sattributes']))).toHaveLength(1);
});

test('reports a type that is not known as a note', () => {
  expect(report(rule, sampling([{ ...one, type: 'zorro' }]))).toMatchObject([{ cannotTell: true }]);
});
