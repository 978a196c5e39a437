import { expect, test } from 'vitest';
import { isRead, samplingOf } from '../../../lib/model/spans/sampling.ts';
import { environment, variable } from '../support/variables.ts';

const sampler = 'OTEL_TRACES_SAMPLER';
const argument = 'OTEL_TRACES_SAMPLER_ARG';
const ratio = 'parentbased_traceidratio';

test.each([
  [{}, 'ok', 'keeps every span, as SDKs do by default', undefined],
  [{ [sampler]: '' }, 'ok', 'keeps every span, as SDKs do by default', undefined],
  [{ [sampler]: 'always_on' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: 'parentbased_always_on' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: 'always_off' }, 'broken', 'keeps no span', 0],
  [{ [sampler]: 'parentbased_always_off' }, 'broken', 'keeps no span', 0],
  [{ [sampler]: ratio, [argument]: '0' }, 'broken', 'keeps no span', 0],
  [{ [sampler]: ratio, [argument]: '1' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio, [argument]: ' ' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio, [argument]: 'all' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio, [argument]: '1.5' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio, [argument]: '-0.1' }, 'ok', 'keeps every span', undefined],
  [{ [sampler]: ratio, [argument]: '0.25' }, 'broken', 'keeps 25 % of the spans, and only those are counted', 0.25],
  [
    { [sampler]: 'traceidratio', [argument]: '0.5' },
    'broken',
    'keeps 50 % of the spans, and only those are counted',
    0.5,
  ],
  [
    { [sampler]: ratio, [argument]: '<secret shop/share>' },
    'unknown',
    `keeps what its sampler ${ratio} decides`,
    undefined,
  ],
  [{ [sampler]: ratio, [argument]: '$(SHARE)' }, 'unknown', `keeps what its sampler ${ratio} decides`, undefined],
  [{ [sampler]: ratio, [argument]: undefined }, 'unknown', `keeps what its sampler ${ratio} decides`, undefined],
  [{ [sampler]: 'jaeger_remote' }, 'unknown', 'keeps what its sampler jaeger_remote decides', undefined],
])('a sampler that is set by %o is %s', (values, status, message, share) => {
  expect(samplingOf(environment(values))).toMatchObject({ status, message });
  expect(samplingOf(environment(values)).share).toBe(share);
});

test('a value of the cluster, a reference and nothing are not read', () => {
  expect(['0.1', '', '<status.podIP>', '$(X)', undefined].map((value) => isRead(variable(argument, value)))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
