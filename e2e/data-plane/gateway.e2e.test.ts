import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { exampleSystem, rollOut } from '../support/example-system.ts';
import { asManifests, synthesize } from '../support/system-config.ts';
import { agentAdaptions, Bed } from './bed.ts';
import type { CollectorProcess } from './collector-process.ts';
import { podAndHostFindings } from './findings/findings.ts';
import { logFindings } from './findings/log-findings.ts';
import { oneGateway, quickSampling } from './runnable-configuration.ts';
import type { ServiceProcess } from './service-process.ts';
import { resolve } from './service-resolution.ts';
import { requests } from './span-plan.ts';

const { collectorNamespace } = exampleSystem;
const gatewayName = 'coralogix-opentelemetry-gateway';
/** Everything of one run is kept, and of other runs what failed. */
const policies = [
  { name: 'keep-run', type: 'string_attribute', string_attribute: { key: 'test.run', values: ['balanced'] } },
  { name: 'keep-errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
];

let bed: Bed;
let balanced: string;
let gateways: CollectorProcess[];
let agents: CollectorProcess[];
let services: ServiceProcess[];

beforeAll(async () => {
  bed = await Bed.start();
  const { folder, sinkPort } = inject('sharedCluster');
  const change = [...asManifests(sinkPort, true), [['collector', 'loadBalancing', 'policies'], policies] as const];
  balanced = await synthesize(folder, 'balanced', change);
  await succeed(bed.kubectl.kubectl, ['apply', '--filename', balanced]);
  await rollOut(bed.kubectl);
  const gatewayPods = await bed.collectorPods(gatewayName);
  gateways = await Promise.all(gatewayPods.map((pod) => bed.startCollector(pod, [quickSampling])));
  agents = await Promise.all(
    (await bed.collectorPods()).map(async (pod) => {
      const client = { namespace: collectorNamespace, nodeName: pod.spec.nodeName };
      const found = await resolve(bed.kubectl, client, gatewayName, 4317);
      if ('lost' in found) throw new Error(found.lost);
      return bed.startCollector(pod, [...agentAdaptions, oneGateway(`${found.address}:${found.port}`)]);
    }),
  );
  services = await bed.startServices(await bed.servicePods('app.kubernetes.io/name=query-service'));
});

afterAll(async () => {
  await bed?.stopProcesses();
  await bed?.kubectl.kubectl(['delete', '--filename', join(balanced, '15-collector-gateway.yaml')]);
  await bed?.kubectl.kubectl(['apply', '--filename', bed.dist]);
  await bed?.stop();
});

const total = async (collectors: readonly CollectorProcess[], metric: string) => {
  const all = await Promise.all(collectors.map((collector) => collector.metrics()));
  return all.reduce((sum, metrics) => sum + metrics.sum(metric), 0);
};

describe('with load balancing', () => {
  test('spans pass a gateway, enriched and counted as without', async () => {
    expect(gateways).toHaveLength(2);
    expect(await podAndHostFindings(bed, { run: 'balanced', agents, services, withoutProvider: false })).toEqual([]);
    expect(logFindings(gateways)).toEqual([]);
    expect(await total(gateways, 'otelcol_receiver_accepted_spans')).toBe(40);
    expect(await total(agents, 'otelcol_exporter_sent_spans')).toBe(40);
  });

  test('span metrics count what sampling drops', async () => {
    for (const service of services) await service.send(requests('sampled', service.pod.metadata.uid));
    const findings = await podAndHostFindings(bed, {
      run: 'also sampled',
      agents,
      services,
      withoutProvider: false,
      patienceMilliseconds: 10_000,
    });
    expect(findings.filter((finding) => /calls counts|^no calls/.test(finding))).toEqual([]);
    const kept = await waitFor('the spans that are kept', async () => {
      const spans = (await bed.sink.spans('sampled')).flatMap((one) => one.spans);
      return spans.length >= 10 ? spans : undefined;
    });
    expect(new Set(kept.map(({ status }) => status))).toEqual(new Set([2]));
    expect(kept).toHaveLength(10);
  });

  test('gateways make no metrics: spans are counted on one tier', async () => {
    expect(await total(agents, 'otelcol_exporter_sent_metric_points')).toBeGreaterThan(0);
    expect(await total(gateways, 'otelcol_exporter_sent_metric_points')).toBe(0);
  });
});
