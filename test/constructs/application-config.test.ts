import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { ApplicationConfig } from '../../lib/constructs/application-config.ts';

test('the checksum is one for the same keys in any order, and another one for others', () => {
  const config = new ApplicationConfig(new Chart(new App(), 'chart'), 'Config', {
    ...{ name: 'shop-config', partOf: 'shop', endpoint: 'http://collector:4317', environment: 'production' },
    ...{ domain: 'eu2.coralogix.com', applicationName: 'shop', data: { A: '1', B: '2' } },
  });
  const [both, turned, one] = [['A', 'B'], ['B', 'A'], ['A']].map((keys) => config.checksum(keys));
  expect(turned).toBe(both);
  expect(one).not.toBe(both);
});
