import { expect, test } from 'vitest';
import { configuration } from '../../lint/rules/support/configured.ts';
import { modelOf } from '../../lint/rules/support/lint-text.ts';

test('a configuration that nothing is known to run is a collector, with places in its file', () => {
  const [collector, ...others] = modelOf({ 'collector.yaml': configuration() }).collectors;
  expect(others).toEqual([]);
  expect(collector).toMatchObject({
    title: 'the collector of collector.yaml',
    namespace: undefined,
    onEveryNode: false,
    listeners: [{ protocol: 'grpc', port: 4317 }],
  });
  expect(collector?.place(['processors', 'batch'])).toMatchObject({ file: 'collector.yaml', line: 6 });
});
