import { expect, test } from 'vitest';
import { chartValues } from '../../lint/rules/support/collectors.ts';
import { modelOf } from '../../lint/rules/support/lint-text.ts';
import { mounted } from '../../lint/rules/support/mounted.ts';

const nothing = `receivers: { nop: {} }
exporters: { nop: {} }
service: { pipelines: { traces: { receivers: [nop], exporters: [nop] } } }`;

test('a configuration that leads from nothing to nothing waits for that of a supervisor', () => {
  const [collector] = modelOf(mounted({ config: nothing })).collectors;
  expect(collector?.unread?.kind).toBe('elsewhere');
  expect(collector?.unread?.reason).toMatch(/supervisor/);
});

test('values with a supervisor have a configuration that was not read, at the switch of the supervisor', () => {
  const text = chartValues('opentelemetry-agent:\n  presets: { fleetManagement: { supervisor: { enabled: true } } }\n');
  const agent = modelOf(text).collectors.find(({ tier }) => tier === 'agent');
  expect(agent?.unread).toMatchObject({
    kind: 'elsewhere',
    place: { line: 5, column: (text.split('\n')[4] ?? '').indexOf('true') + 1 },
  });
});

test('a configuration that receives something is read', () => {
  const [collector] = modelOf(
    mounted({ config: nothing.replace('{ receivers: [nop]', '{ receivers: [otlp]') }),
  ).collectors;
  expect(collector?.unread).toBeUndefined();
});
