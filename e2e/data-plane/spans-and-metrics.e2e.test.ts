import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bed } from './bed.ts';
import type { CollectorProcess } from './collector-process.ts';
import { podAndHostFindings } from './findings/findings.ts';
import type { ServiceProcess } from './service-process.ts';

const asked = [
  'http.method',
  'http.status_code',
  'service.version',
  'deployment.environment',
  'k8s.namespace.name',
  'k8s.deployment.name',
  'k8s.pod.name',
];

let bed: Bed;
let agents: CollectorProcess[];
let services: ServiceProcess[];

beforeAll(async () => {
  bed = await Bed.start();
  agents = await bed.startAgents();
  services = await bed.startServices(await bed.servicePods());
});

afterAll(() => bed?.stop());

const variable = (name: string) => services.map(({ env }) => env.get(name) ?? '').filter((value) => value !== '');

describe('the synthesized system', () => {
  test('runs a collector on both nodes, and pods of one service on both', () => {
    expect(agents.map(({ pod }) => pod.spec.nodeName).sort()).toEqual(['node-a', 'node-b']);
    const nodesOf = (name: string) =>
      services.filter(({ env }) => env.get('SERVICE_NAME') === name).map(({ pod }) => pod.spec.nodeName);
    expect(nodesOf('query-service').sort()).toEqual(['node-a', 'node-b']);
    expect(new Set(variable('SERVICE_NAME')).size).toBe(9);
    expect(services).toHaveLength(11);
  });

  test('leaves no reference in what it tells the SDK, and expands none in what comes from a Secret', () => {
    expect(variable('OTEL_RESOURCE_ATTRIBUTES').filter((value) => value.includes('$'))).toEqual([]);
    expect(variable('OTEL_RESOURCE_ATTRIBUTES')).toHaveLength(11);
    expect(new Set(variable('OPENAI_API_KEY'))).toEqual(new Set(['sk-$(K8S_POD_NAME)']));
  });

  test('brings every span with what the API server says of its pod, and counts each once', async () => {
    expect(await podAndHostFindings(bed, { run: 'main', agents, services })).toEqual([]);
  });

  test('gives the series of every service the dimensions that were asked for', async () => {
    const series = (await bed.sink.series('calls', 'duration')).filter(
      ({ attributes }) => attributes['span.name'] === 'GET /main',
    );
    expect(series).toHaveLength(2 * services.length);
    for (const { attributes } of series) expect(Object.keys(attributes)).toEqual(expect.arrayContaining(asked));
  });

  test('sends everything compressed, with the key', async () => {
    expect(bed.sink.seen.compressed).toBeGreaterThan(0);
    expect(bed.sink.seen.plain).toBe(0);
    expect(await bed.sink.visits()).toEqual({ admitted: expect.any(Number), unauthenticated: 0 });
  });
});
