import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CoralogixClient, QueryBudget } from '../../lib/verify/coralogix/coralogix-client.ts';
import { runPromQl } from '../../lib/verify/coralogix/promql.ts';
import { readSeries, seriesQueries } from '../../lib/verify/coralogix/series.ts';
import { healthySystem, namespace, nodes, services } from '../../test/verify/support/healthy-system.ts';
import { evaluate, type StoredSeries } from '../../test/verify/support/series-store.ts';
import { freePorts } from '../cluster/ports.ts';
import { waitFor } from '../cluster/wait.ts';
import { ensureParts } from '../parts/ensure.ts';
import { type RunningProcess, start } from '../parts/process.ts';
import { endWithParent } from '../support/end-with-parent.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Series with everything that a query tells apart: labels that are missing, an overflow, other services and namespaces. */
function series(): StoredSeries[] {
  const healthy = healthySystem().series;
  const without = (label: string) => (each: StoredSeries) =>
    Object.fromEntries([...Object.entries(each).filter(([name]) => name !== label), ['lacking', label]]);
  const calls = healthy.filter((each) => each['__name__'] === 'calls_total').slice(0, 1);
  const labels = [
    'span_kind',
    'status_code',
    'span_name',
    'k8s_pod_name',
    'k8s_node_name',
    'k8s_cluster_name',
    'k8s_deployment_name',
  ];
  return [
    ...healthy,
    ...labels.flatMap((label) => calls.map(without(label))),
    ...calls.map((each) => ({ ...each, otel_metric_overflow: 'true' })),
    ...calls.map((each) => ({ ...each, service_name: 'api-gatewayX' })),
    ...calls.map((each) => ({ ...each, service_name: 'a.b+c', span_name: 'with "quotes" and \\' })),
    { __name__: 'k8s_pod_cpu_utilization', k8s_pod_name: 'other', k8s_namespace_name: 'other' },
  ];
}

/** A store has each series once. */
const stored = [...new Map(series().map((each) => [JSON.stringify(Object.entries(each).sort()), each])).values()];
const asked = [...services, 'a.b+c'];
const queries = seriesQueries(asked, [namespace], nodes);
let process: RunningProcess | undefined;
let client: CoralogixClient;
let close = (): void => {};

/** The text that Prometheus scrapes. */
const exposition = (): string =>
  stored
    .map(({ __name__, ...labels }) => {
      const written = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return `${__name__}{${written.join(',')}} 1\n`;
    })
    .join('');

beforeAll(async () => {
  endWithParent();
  const { prometheus } = await ensureParts(['prometheus']);
  const { path, remove } = temporaryFolder();
  const [port = 0, target = 0] = await freePorts(2);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(exposition());
  });
  await new Promise<void>((resolve) => server.listen(target, '127.0.0.1', resolve));
  const config = {
    scrape_configs: [
      {
        job_name: 'series',
        honor_labels: true,
        scrape_interval: '1s',
        static_configs: [{ targets: [`127.0.0.1:${target}`] }],
      },
    ],
  };
  mkdirSync(join(path, 'data'));
  writeFileSync(join(path, 'prometheus.yml'), JSON.stringify(config));
  process = start(
    prometheus,
    [
      `--config.file=${join(path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.route-prefix=/metrics',
    ],
    { log: join(path, 'log') },
  );
  client = new CoralogixClient({ url: `http://127.0.0.1:${port}`, key: 'unused', budget: new QueryBudget(1000, 1000) });
  close = () => {
    server.close();
    remove();
  };
  await waitFor(
    'all series',
    async () =>
      (await runPromQl(client, 'count({job="series",__name__!~"up|scrape_.+"})', new Date())).samples[0]?.value ===
      stored.length
        ? true
        : undefined,
    { needs: [process] },
  );
});

afterAll(async () => {
  await process?.stop();
  close();
});

describe('every query of metrics on a real Prometheus', () => {
  test.each(Object.keys(queries).filter(isQuery))('%s selects what the stand-in of the tests selects', async (name) => {
    const { samples } = await runPromQl(client, queries[name], new Date());
    const found = samples.map(({ labels, value }) => ({ labels, value }));
    const expected = evaluate(queries[name], stored).map(({ metric, value }) => ({
      labels: metric,
      value: Number(value[1]),
    }));
    expect(sorted(found)).toEqual(sorted(expected));
    expect(found.length).toBeGreaterThan(0);
  });

  test('together they are answered as one reading', async () => {
    const reading = await readSeries({ client, services: asked, namespaces: [namespace], nodes, now: new Date() });
    expect(reading.overflow.samples).toEqual([{ labels: { service_name: 'api-gateway' }, value: 1 }]);
  });
});

function isQuery(name: string): name is keyof typeof queries {
  return Object.hasOwn(queries, name);
}

const sorted = (samples: readonly { readonly labels: StoredSeries }[]): unknown[] =>
  samples
    .map((sample) => ({ ...sample, labels: Object.fromEntries(Object.entries(sample.labels).sort()) }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
