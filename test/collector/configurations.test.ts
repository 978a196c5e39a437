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

  test('the cluster collector and the gateway have their pipelines', () => {
    expect(ways(clusterCollectorConfiguration(common)).join('\n')).toMatchSnapshot();
    expect(ways(gatewayConfiguration({ ...common, policies: [] })).join('\n')).toMatchSnapshot();
  });

  test(`the exporter ${name} reads the key from the environment`, () => {
    expect(gatewayConfiguration({ ...common, policies: [] }).toYaml()).toContain('${env:CORALOGIX_PRIVATE_KEY}');
  });
});
