import { expect, test } from 'vitest';
import { agentConfiguration } from '../../lib/collector/agent.ts';
import { onOneTier } from '../../lib/collector/configuration.ts';
import { gatewayConfiguration } from '../../lib/collector/gateway.ts';

const common = { clusterName: 'demo', export: { type: 'coralogix', domain: 'eu2.coralogix.com' } } as const;
const agent = agentConfiguration({ ...common, dimensions: [], loadBalancing: true });

test('the agent alone counts spans', () => {
  expect(() => onOneTier([agent, gatewayConfiguration({ ...common, policies: [] })])).not.toThrow();
});

test('two collectors that count the same spans are refused', () => {
  expect(() => onOneTier([agent, agent])).toThrow('keep spanmetrics on the agent alone');
});
