import { expect, test } from 'vitest';
import { agentConfiguration, gatewayConfiguration } from '../../lib/collector/collectors.ts';
import { onOneTier } from '../../lib/collector/configuration.ts';

const common = { clusterName: 'demo', export: { type: 'coralogix', domain: 'eu2.coralogix.com' } } as const;
const agent = agentConfiguration({ ...common, dimensions: [], loadBalancing: true });

test('the agent alone counts spans', () => {
  expect(() => onOneTier([agent, gatewayConfiguration({ ...common, policies: [] })])).not.toThrow();
});

test('two collectors that count the same spans are refused', () => {
  expect(() => onOneTier([agent, agent])).toThrow('keep spanmetrics on the agent alone');
});
