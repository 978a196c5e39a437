import { expect, test } from 'vitest';
import { noDisabledSdk as rule } from '../../../lib/lint/rules/no-disabled-sdk.ts';
import { smallSystem } from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    { OTEL_SDK_DISABLED: 'true' },
    'OTEL_SDK_DISABLED of Deployment api is true, so it sends no spans',
    'write: "false"',
  ],
  [
    { OTEL_TRACES_EXPORTER: 'console' },
    'OTEL_TRACES_EXPORTER of Deployment api is console, so it sends no spans',
    'write: otlp',
  ],
])('reports %j', (env, message, suggestion) => {
  expect(report(rule, smallSystem({ env }))).toMatchObject([{ message, suggestion }]);
});

test.each([[{}], [{ OTEL_SDK_DISABLED: 'false' }], [{ OTEL_TRACES_EXPORTER: 'otlp,console' }]])(
  'does not report %j',
  (env) => {
    expect(report(rule, smallSystem({ env }))).toEqual([]);
  },
);
