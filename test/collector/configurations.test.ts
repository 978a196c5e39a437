import { describe, expect, test } from 'vitest';
import {
  agentConfiguration,
  clusterCollectorConfiguration,
  gatewayConfiguration,
} from '../../lib/collector/collectors.ts';
import type { ExportProps } from '../../lib/collector/components/exporters.ts';
import type { CollectorConfiguration } from '../../lib/collector/configuration.ts';

const exports: Record<string, ExportProps> = {
  coralogix: { type: 'coralogix', domain: 'eu2.coralogix.com' },
  otlp: { type: 'otlp', endpoint: 'backend.example.com:4317', insecure: true },
};

/** One line a pipeline. */
const ways = ({ pipelines }: CollectorConfiguration): string[] =>
  pipelines.map(({ id, receivers, processors, exporters }) => {
    const step = (parts: readonly { readonly id: string }[]) => parts.map((part) => part.id).join(' ');
    return `${id}: ${step(receivers)} -> ${step(processors)} -> ${step(exporters)}`;
  });

describe.each(Object.entries(exports))('export by %s', (name, way) => {
  const common = { clusterName: 'demo', export: way };

  test('the agent has its pipelines, alone and with a gateway', () => {
    for (const loadBalancing of [false, true]) {
      const agent = agentConfiguration({ ...common, dimensions: ['http.method'], loadBalancing });
      expect(ways(agent).join('\n')).toMatchSnapshot(`loadBalancing ${loadBalancing}`);
    }
  });

  test.each([
    [{ compact: false, database: false }, ['traces', 'metrics']],
    [{ compact: false }, ['traces', 'metrics', 'traces/db']],
    [{ database: false }, ['traces', 'metrics', 'traces/compact', 'metrics/compact']],
  ])('an agent with %j has no other pipelines', (kinds, expected) => {
    const agent = agentConfiguration({ ...common, ...kinds, dimensions: [], loadBalancing: false });
    expect(agent.pipelines.map(({ id }) => id)).toEqual(expected);
  });

  test('the agent sends compact metrics without what an enrichment would add', () => {
    const agent = agentConfiguration({ ...common, dimensions: [], loadBalancing: false });
    const compact = agent.pipelines.find(({ id }) => id === 'metrics/compact');
    expect(compact?.receivers.map(({ id }) => id)).toEqual(['spanmetrics/compact', 'spanmetrics/db_compact']);
    expect(compact?.processors.map(({ id }) => id).filter((id) => id !== 'resource/coralogix')).toEqual([
      'memory_limiter',
      'transform/spanmetrics',
      'batch',
    ]);
  });

  test('the cluster collector and the gateway have their pipelines', () => {
    expect(ways(clusterCollectorConfiguration(common)).join('\n')).toMatchSnapshot();
    expect(ways(gatewayConfiguration({ ...common, policies: [] })).join('\n')).toMatchSnapshot();
  });

  test(`the exporter ${name} reads the key from the environment`, () => {
    expect(gatewayConfiguration({ ...common, policies: [] }).toYaml()).toContain('${env:CORALOGIX_PRIVATE_KEY}');
  });
});
