import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { verificationSchema } from '../../lib/verify/output/json.ts';
import { createKubectl, succeed } from '../cluster/kubectl.ts';
import { figures } from '../data-plane/figures.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run as runCommand } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { exampleSystem, rollOut } from '../support/example-system.ts';
import { requestProxy, type ServerProxy, slowProxy, type Treatment } from './api-server-proxy.ts';
import { oneHourAhead, verified } from './names.ts';

/** The hops that need no process of a pod: only the control plane runs. */
const hops = ['applied', 'rollout', 'environment', 'collector', 'endpoint', 'pipeline'];

let proxy: ServerProxy | undefined;

/** Other files leave pods that have started before a change that was taken back. */
beforeAll(async () => {
  const { kubeconfig, folder } = inject('sharedCluster');
  const parts = await ensureParts(['kubectl']);
  const client = createKubectl(parts.kubectl, kubeconfig, join(folder, 'kubectl-cache'));
  const { namespace, collectorNamespace } = exampleSystem;
  for (const where of [namespace, collectorNamespace]) {
    for (const kind of ['deployments', 'daemonsets']) {
      await succeed(client.kubectl, ['rollout', 'restart', kind, '--namespace', where]);
    }
  }
  await rollOut(client);
});

afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});

const props = () => {
  const { kubeconfig, folder } = inject('sharedCluster');
  return { kubeconfig, path: join(folder, 'proxy.kubeconfig') };
};

/** Puts a proxy before the API server that treats requests in some way. */
async function treated(treat: (asked: URL, before: number) => Treatment | Promise<Treatment>): Promise<ServerProxy> {
  proxy = await requestProxy(props(), treat);
  return proxy;
}

/** Runs the installed command through a proxy. */
async function verify({ kubeconfig }: ServerProxy, name: string) {
  const services = verified.flatMap((service) => ['--service', service]);
  const args = ['verify', inject('sharedCluster').dist, '--no-coralogix', ...services, '--only', hops.join()];
  const begun = performance.now();
  const { stdout, stderr, exitCode } = await runCommand(
    process.execPath,
    ['--import', oneHourAhead, builtPodhost, ...args, '--format', 'json'],
    { env: { KUBECONFIG: kubeconfig }, timeoutMilliseconds: 150_000 },
  );
  if (stdout === '') throw new Error(`podhost verify: exit status ${exitCode}\n${stderr}`);
  const { rows, headline, verdict } = verificationSchema.parse(JSON.parse(stdout));
  figures(`verify, ${name}`, { verdict, milliseconds: Math.round(performance.now() - begun) });
  const cells = rows.flatMap(({ hops: found }) => found);
  const statuses = (id: string) => cells.filter((cell) => cell.id === id).map(({ status }) => status);
  const refuted = cells.flatMap(({ checks }) =>
    checks.filter(({ status }) => ['broken', 'transition'].includes(status)),
  );
  return { exitCode, verdict, message: headline.message, statuses, refuted };
}

/** Nothing is refuted, and the reason is named. */
async function expectNotProven(through: ServerProxy, name: string, reason: string) {
  const result = await verify(through, name);
  expect(result.refuted).toEqual([]);
  expect([result.exitCode, result.verdict]).toEqual([3, 'not-proven']);
  expect(result.message).toContain(reason);
  return result;
}

describe('a real API server', () => {
  test('that is slow proves what it proves when it is fast', async () => {
    proxy = await slowProxy(props(), 150);
    const { refuted, verdict, exitCode, message } = await verify(proxy, 'a slow API server');
    expect([refuted, verdict, exitCode, message]).toEqual([[], 'proven', 0, expect.any(String)]);
  });

  test('that gives no answer for the pods leaves the hops open that need them, and no other', async () => {
    const through = await treated(({ pathname }) => (pathname.endsWith('/pods') ? 'silent' : 'pass'));
    const { statuses } = await expectNotProven(through, 'no answer for pods', 'does not answer in time');
    expect([statuses('applied'), statuses('rollout')].map((each) => [...new Set(each)])).toEqual([
      ['proven'],
      ['unchecked'],
    ]);
  });

  test('whose answer is cut leaves the hop open that needs it', async () => {
    const through = await treated(({ pathname }) => (pathname.endsWith('/endpointslices') ? 'cut' : 'pass'));
    const reason = 'closed the connection before its answer was complete';
    const { statuses } = await expectNotProven(through, 'an answer that is cut', reason);
    expect([...new Set(statuses('endpoint'))]).toEqual(['unchecked']);
  });

  test.each([1, 5, 20])('that goes away after %i answers is named, and nothing is refuted', async (answers) => {
    const through = await treated((_, before) => {
      if (before < answers) return 'pass';
      // Its port is closed from here on.
      through.stop();
      return 'silent';
    });
    await expectNotProven(through, `gone after ${answers} answers`, 'the API server https://127.0.0.1:');
  });

  test('that is silent from some answer on is named, and costs no time limit a request', async () => {
    const through = await treated((_, before) => (before < 5 ? 'pass' : 'silent'));
    await expectNotProven(through, 'silent after 5 answers', 'does not answer in time');
  });
});

/** Removes the revisions of etcd before now, as the API server does every five minutes. */
async function compact(): Promise<void> {
  const { etcdUrl } = inject('sharedCluster');
  const ask = async (path: string, body: object) => {
    const response = await fetch(`${etcdUrl}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd: ${path}: ${await response.text()}`);
    return z.object({ header: z.object({ revision: z.string() }) }).parse(await response.json()).header.revision;
  };
  const key = Buffer.from('podhost-e2e').toString('base64');
  await ask('compaction', { revision: await ask('put', { key, value: key }), physical: true });
}

/** Asks for pages of one object, and removes their revision before a list of pods is continued. */
const expiring = (most: number) => {
  let expired = 0;
  return async ({ pathname, searchParams }: URL): Promise<Treatment> => {
    if (searchParams.has('limit')) searchParams.set('limit', '1');
    if (searchParams.has('continue') && pathname.endsWith('/pods') && expired < most) {
      expired += 1;
      await compact();
    }
    return 'pass';
  };
};

describe('a list of a real API server that expires while it is read', () => {
  test('is read anew, and proves what it proves at once', async () => {
    const through = await treated(expiring(2));
    const { refuted, verdict } = await verify(through, 'a list that expires twice');
    expect(through.answers.filter((status) => status === 410)).toEqual([410, 410]);
    expect([refuted, verdict]).toEqual([[], 'proven']);
  });

  test('every time is not checked', async () => {
    const through = await treated(expiring(Number.POSITIVE_INFINITY));
    const { statuses } = await expectNotProven(through, 'a list that always expires', 'expired while it was read');
    expect([...new Set(statuses('rollout'))]).toEqual(['unchecked']);
  });
});
