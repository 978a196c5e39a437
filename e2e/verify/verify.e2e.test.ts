import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { verificationSchema } from '../../lib/verify/output/json.ts';
import { fakeCoralogix, type StoredSpans, testKey } from '../../test/verify/support/fake-coralogix.ts';
import type { StoredSeries } from '../../test/verify/support/series-store.ts';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { Bed } from '../data-plane/bed.ts';
import { figures } from '../data-plane/figures.ts';
import {
  type Adaption,
  frequentSpanMetrics,
  kubeconfigForToken,
  withoutNodeMetrics,
} from '../data-plane/runnable-configuration.ts';
import type { ServiceProcess } from '../data-plane/service-process.ts';
import { requests } from '../data-plane/span-plan.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run as runCommand } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { exampleSystem } from '../support/example-system.ts';
import { arrivedProbes, arrivedSeries, arrivedSpans } from './arrived.ts';
import { backendBreaks } from './backend-breaks.ts';
import { type Break, type ChangedInput, changed } from './break.ts';
import { clusterBreaks } from './cluster-breaks.ts';
import { fileBreaks } from './file-breaks.ts';
import { oneHourAhead, service, verified } from './names.ts';
import { runProbePods } from './probe-pods.ts';

const { namespace, collectorNamespace } = exampleSystem;
const runName = 'verify';

/** The hops that this bed has the parts for: there is no kubelet to measure pods, and no compact connector. */
const hops = [
  'manifest',
  'applied',
  'rollout',
  'environment',
  'collector',
  'endpoint',
  'pipeline',
  'intake',
  'spans',
  'enriched',
  'metrics',
];

/** The exporter of Coralogix cannot be built: plain OTLP to the sink, with the same key. */
const toSink =
  (port: number): Adaption =>
  (config) => {
    delete config.exporters['coralogix'];
    config.exporters['otlp/coralogix'] = {
      endpoint: `127.0.0.1:${port}`,
      tls: { insecure: true },
      headers: { Authorization: `Bearer \${env:CORALOGIX_PRIVATE_KEY}` },
    };
    for (const pipeline of Object.values(config.service.pipelines)) {
      pipeline.exporters = pipeline.exporters.map((id) => (id === 'coralogix' ? 'otlp/coralogix' : id));
    }
  };

let bed: Bed;
let spans: StoredSpans[];
let series: StoredSeries[];
let files: Record<string, string>;
let services: ServiceProcess[];

beforeAll(async () => {
  bed = await Bed.start();
  const adaptions = [
    withoutNodeMetrics,
    kubeconfigForToken,
    frequentSpanMetrics,
    toSink(inject('sharedCluster').sinkPort),
  ];
  await bed.startAgents(adaptions);
  const pods = (await Promise.all(verified.map((name) => bed.servicePods(`app.kubernetes.io/name=${name}`)))).flat();
  services = await bed.startServices(pods);
  let sent = 0;
  for (const each of services) {
    sent += await each.send(requests(runName, each.pod.metadata.uid));
    await each.flush();
  }
  await waitFor('all spans and their series', async () => {
    const { unique } = await bed.sink.count(runName);
    series = await arrivedSeries(bed.sink);
    const pod = new Set(series.map(({ k8s_pod_name }) => k8s_pod_name));
    return unique === sent && pods.every(({ metadata }) => pod.has(metadata.name)) ? true : undefined;
  });
  spans = await arrivedSpans(bed.sink, runName);
  files = Object.fromEntries(
    readdirSync(bed.dist, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(bed.dist, name), 'utf8')]),
  );
});

afterAll(() => bed?.stop());

type Printed = z.output<typeof verificationSchema>;

interface VerifyProps {
  readonly kubeconfig?: string;
  /** The committed files and what has arrived; without it all as it is. */
  readonly input?: ChangedInput;
  readonly args?: readonly string[];
}

/** Runs the installed command on the real cluster, and on what the sink received. */
async function verify({
  kubeconfig = inject('sharedCluster').kubeconfig,
  input = { files, spans, series },
  args = [],
}: VerifyProps = {}): Promise<Printed & { readonly milliseconds: number }> {
  const { folder } = inject('sharedCluster');
  const committed = mkdtempSync(join(folder, 'committed-'));
  for (const [name, text] of Object.entries(input.files)) {
    writeFileSync(join(committed, name), text);
  }
  const { url } = await fakeCoralogix({ spans: input.spans, series: input.series });
  const named = verified.flatMap((name) => ['--service', name]);
  const begun = performance.now();
  const { stdout, stderr, exitCode } = await runCommand(
    process.execPath,
    [
      '--import',
      oneHourAhead,
      builtPodhost,
      'verify',
      committed,
      '--api-host',
      url,
      '--format',
      'json',
      ...named,
      '--only',
      hops.join(),
      ...args,
    ],
    { env: { KUBECONFIG: kubeconfig, CORALOGIX_API_KEY: testKey }, timeoutMilliseconds: 280_000 },
  );
  rmSync(committed, { recursive: true });
  if (exitCode === 2 || stdout === '') throw new Error(`podhost verify: exit status ${exitCode}\n${stdout}${stderr}`);
  const printed = verificationSchema.parse(JSON.parse(stdout));
  expect(exitCode).toBe(printed.exitStatus);
  return { ...printed, milliseconds: Math.round(performance.now() - begun) };
}

/** A kubeconfig of a ServiceAccount that has the printed roles alone. */
async function restrictedKubeconfig(): Promise<string> {
  const { kubeconfig, folder, dist } = inject('sharedCluster');
  const { kubectl } = bed.kubectl;
  const { stdout: roles } = await runCommand(process.execPath, [
    '--import',
    oneHourAhead,
    builtPodhost,
    'verify',
    dist,
    '--print-role',
  ]);
  await succeed(kubectl, ['apply', '--filename', '-'], { input: roles });
  await succeed(kubectl, ['create', 'serviceaccount', 'reader', '--namespace', namespace]);
  const account = `--serviceaccount=${namespace}:reader`;
  await succeed(kubectl, ['create', 'clusterrolebinding', 'reader', '--clusterrole=podhost-verify', account]);
  for (const where of [namespace, collectorNamespace]) {
    await succeed(kubectl, ['create', 'rolebinding', 'reader', '--role=podhost-verify', account, '--namespace', where]);
  }
  const token = (await succeed(kubectl, ['create', 'token', 'reader', '--namespace', namespace])).trim();
  const config = z
    .looseObject({ users: z.array(z.looseObject({ user: z.looseObject({}) })) })
    .parse(JSON.parse(readFileSync(kubeconfig, 'utf8')));
  const users = config.users.map((user) => ({ ...user, user: { token } }));
  const path = join(folder, 'reader.kubeconfig');
  writeFileSync(path, JSON.stringify({ ...config, users }));
  return path;
}

describe('podhost verify on a real control plane, real collectors and real SDKs', () => {
  test('proves every hop of the synthesized system', async () => {
    const { rows, verdict, milliseconds } = await verify();
    const open = rows.flatMap(({ name, hops: cells }) =>
      cells.filter(({ status }) => status !== 'proven').map((cell) => [name, cell]),
    );
    expect(open).toEqual([]);
    expect(verdict).toBe('proven');
    figures('verify, all proven', { services: verified.length, milliseconds });
  });

  test('proves the same with the permissions that it prints, and no other', async () => {
    expect((await verify({ kubeconfig: await restrictedKubeconfig() })).verdict).toBe('proven');
  });

  test('proves that the span of a probe arrives with its pod, and leaves no Job behind', async () => {
    const { telemetrygen } = await ensureParts(['telemetrygen']);
    const pods = runProbePods(bed, telemetrygen, namespace);
    const input = { files, spans: [...spans], series };
    // What the sink receives while the probe is looked for has arrived too.
    const arriving = setInterval(async () => {
      input.spans.splice(spans.length, Number.POSITIVE_INFINITY, ...(await arrivedProbes(bed.sink)));
    }, 1000);
    try {
      const { rows, milliseconds } = await verify({ input, args: ['--probe'] });
      const probes = rows
        .filter(({ isSystem }) => !isSystem)
        .map(({ hops: cells }) => cells.find(({ id }) => id === 'probe'));
      expect(probes.map((cell) => [cell?.status, cell?.checks.map(({ id }) => id)])).toEqual(
        verified.map(() => ['proven', ['probe/send', 'probe/arrives']]),
      );
      expect(pods.seen.map(({ isGated }) => isGated)).toEqual(verified.map(() => true));
      const jobs = await succeed(bed.kubectl.kubectl, ['get', 'jobs', '--namespace', namespace, '--output', 'name']);
      expect(jobs).not.toContain('podhost-probe');
      figures('verify, probes of all services', { probes: verified.length, milliseconds });
    } finally {
      clearInterval(arriving);
      await pods.stop();
    }
  });

  let right = 0;
  let broken = 0;

  async function expectNamed(
    { name, change, take, putBack, hop, cause }: Break,
    args: readonly string[] = [],
  ): Promise<void> {
    broken += 1;
    try {
      await take?.(bed, services);
      const { headline, milliseconds } = await verify({ input: changed({ files, spans, series }, change), args });
      expect([headline.hop, headline.message]).toEqual([hop, expect.stringContaining(cause)]);
      right += 1;
      figures(`verify, ${name}`, { hop, milliseconds });
    } finally {
      await putBack?.(bed, services);
    }
  }

  // What is committed is judged before the cluster is read.
  test.each(fileBreaks)('names the hop and the cause when in the files $name', (each) =>
    expectNamed(each, ['--no-cluster', '--no-coralogix']),
  );

  test.each(backendBreaks(service))('names the hop and the cause when in Coralogix $name', (each) =>
    // Labels are compared with no pod.
    expectNamed(each, each.hop === 'metrics' ? ['--no-cluster'] : []),
  );

  test.each(clusterBreaks)('names the hop and the cause when in the cluster $name', (each) => expectNamed(each));

  test('has named all', () => {
    figures('verify, breaks named', { named: `${right} of ${broken}` });
    expect(right).toBe(broken);
    expect(broken).toBeGreaterThanOrEqual(40);
  });
});
