import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loopbackServer, sendJson } from './loopback-server.ts';

/** An object as the API server has it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

/** How the server behaves beside what it holds. */
export interface Behaviour {
  /** Requests that are answered with an error, by a part of their path. */
  readonly refuse?: readonly {
    readonly path: string;
    readonly status: number;
    readonly message?: string;
    readonly retryAfter?: number;
  }[];
  /** Requests whose connection is closed in the middle of the answer, or that get none. */
  readonly cut?: string;
  readonly silent?: string;
  /** How many requests are answered before the server goes away. */
  readonly answers?: number;
  /** How many lists expire before one is complete. */
  readonly expirations?: number;
  /** Answers with a page instead of JSON. */
  readonly page?: boolean;
}

export interface FakeCluster {
  readonly objects: readonly KubeObject[];
  /** Logs by namespace and pod; metrics the same. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, string>>;
  /** Names of pods that the kubelet has no statistics of. */
  readonly unmeasured?: readonly string[] | undefined;
  /** Runs a Job that is created: its pod, or undefined where none is created. A cluster without it refuses Jobs. */
  readonly runJob?: ((job: KubeObject) => JobRun | undefined) | undefined;
}

/** What becomes of the pod of a Job. */
export interface JobRun {
  readonly pod: KubeObject;
  readonly log: string;
}

export interface FakeKubernetes {
  readonly url: string;
  /** A kubeconfig that leads to it. */
  readonly kubeconfig: string;
  readonly requests: string[];
  /** Jobs as they were created, and the names of those that are there. */
  readonly created: KubeObject[];
  readonly jobs: () => string[];
  /** Most objects that one answer held. */
  readonly largestPage: () => number;
}

const plurals: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  CronJob: 'cronjobs',
  Job: 'jobs',
  Service: 'services',
  EndpointSlice: 'endpointslices',
  Pod: 'pods',
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  Node: 'nodes',
  OpenTelemetryCollector: 'opentelemetrycollectors',
  Instrumentation: 'instrumentations',
};

/** A stand-in for an API server: lists in pages, single objects, logs and the proxy to pods. */
export async function fakeKubernetes(cluster: FakeCluster, behaviour: Behaviour = {}): Promise<FakeKubernetes> {
  const requests: string[] = [];
  let expirations = behaviour.expirations ?? 0;
  let largest = 0;
  const created: KubeObject[] = [];
  const jobs = cluster.objects.filter(({ kind }) => kind === 'Job');
  const jobPods = new Map<string, JobRun>();
  const { url } = await loopbackServer((request, response, body) => {
    const asked = new URL(request.url ?? '/', 'http://kubernetes');
    requests.push(`${request.method} ${asked.pathname}${asked.search}`);
    if (requests.length > (behaviour.answers ?? Number.POSITIVE_INFINITY)) {
      request.socket.destroy();
      return;
    }
    if (misbehaves(behaviour, asked.pathname, response)) {
      return;
    }
    if (asked.pathname === '/version') {
      sendJson(response, 200, { major: '1', minor: '34' });
    } else if (asked.pathname.endsWith('/selfsubjectaccessreviews')) {
      sendJson(response, 201, { status: { allowed: true } });
    } else if (request.method === 'POST') {
      if (cluster.runJob === undefined) {
        sendJson(response, 403, { kind: 'Status', message: 'jobs.batch is forbidden' });
        return;
      }
      const job: KubeObject = JSON.parse(body);
      created.push(job);
      jobs.push(job);
      const run = cluster.runJob(job);
      if (run !== undefined) {
        jobPods.set(job.metadata.name, run);
      }
      sendJson(response, 201, job);
    } else if (request.method === 'DELETE') {
      const name = asked.pathname.split('/').at(-1);
      const index = jobs.findIndex(({ metadata }) => metadata.name === name);
      index < 0 ? notFound(response, asked.pathname) : sendJson(response, 200, jobs.splice(index, 1)[0]);
    } else if (asked.searchParams.get('labelSelector')?.startsWith('job-name=') === true) {
      const run = jobPods.get(asked.searchParams.get('labelSelector')?.slice('job-name='.length) ?? '');
      sendJson(response, 200, { kind: 'List', metadata: {}, items: run === undefined ? [] : [run.pod] });
    } else if (asked.searchParams.has('labelSelector')) {
      sendJson(response, 200, { kind: 'List', metadata: {}, items: jobs });
    } else if (asked.pathname.endsWith('/log')) {
      const pod = /namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(asked.pathname);
      const run = [...jobPods.values()].find((each) => each.pod.metadata.name === pod?.[2]);
      const log = run?.log ?? cluster.logs?.[`${pod?.[1]}/${pod?.[2]}`];
      log === undefined ? notFound(response, asked.pathname) : response.end(log);
    } else if (asked.pathname.endsWith('/proxy/stats/summary')) {
      const node = asked.pathname.split('/').at(-4);
      const statistics = cluster.objects
        .filter(
          ({ kind, metadata, spec }) =>
            kind === 'Pod' && Object(spec).nodeName === node && !cluster.unmeasured?.includes(metadata.name),
        )
        .map(({ metadata: { name, namespace } }) => ({
          podRef: { name, namespace },
          cpu: { usageNanoCores: 1000 },
          memory: { workingSetBytes: 1000 },
        }));
      sendJson(response, 200, { node: { nodeName: node }, pods: statistics });
    } else if (asked.pathname.includes('/proxy/')) {
      const pod = /namespaces\/([^/]+)\/pods\/([^/:%]+)/.exec(asked.pathname);
      const metrics = cluster.metrics?.[`${pod?.[1]}/${pod?.[2]}`];
      metrics === undefined ? notFound(response, asked.pathname) : response.end(metrics);
    } else {
      const isContinued = asked.searchParams.has('continue');
      if (isContinued && expirations > 0) {
        expirations -= 1;
        sendJson(response, 410, {
          kind: 'Status',
          message: 'The provided continue parameter is too old',
          reason: 'Expired',
        });
        return;
      }
      largest = Math.max(largest, sendObjects(response, cluster, asked));
    }
  });
  return {
    url,
    kubeconfig: kubeconfigFor(url),
    requests,
    created,
    jobs: () => jobs.map(({ metadata }) => metadata.name),
    largestPage: () => largest,
  };
}

function misbehaves({ refuse = [], cut, silent, page }: Behaviour, path: string, response: ServerResponse): boolean {
  const refused = refuse.find((each) => path.includes(each.path));
  if (refused !== undefined) {
    const headers: Record<string, string> =
      refused.retryAfter === undefined ? {} : { 'retry-after': String(refused.retryAfter) };
    sendJson(response, refused.status, { kind: 'Status', message: refused.message ?? 'refused' }, headers);
    return true;
  }
  if (cut !== undefined && path.includes(cut)) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"items": [');
    setImmediate(() => response.destroy());
    return true;
  }
  if (page === true) {
    response.end('<!doctype html><title>Login</title>');
    return true;
  }
  return silent !== undefined && path.includes(silent);
}

/** @returns how many objects were sent */
function sendObjects(response: ServerResponse, { objects }: FakeCluster, { pathname, searchParams }: URL): number {
  const [, namespace, resource, name] =
    /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const found = objects.filter(
    ({ kind, metadata }) => plurals[kind] === resource && (namespace === undefined || metadata.namespace === namespace),
  );
  if (resource === undefined || !Object.values(plurals).includes(resource)) {
    notFound(response, pathname);
    return 0;
  }
  if (name !== undefined) {
    const object = found.find(({ metadata }) => metadata.name === decodeURIComponent(name));
    object === undefined ? notFound(response, pathname) : sendJson(response, 200, object);
    return 1;
  }
  const from = Number(searchParams.get('continue') ?? 0);
  const to = from + Number(searchParams.get('limit') ?? found.length);
  const items = found.slice(from, to);
  sendJson(response, 200, { kind: 'List', metadata: to < found.length ? { continue: String(to) } : {}, items });
  return items.length;
}

const notFound = (response: ServerResponse, path: string): void =>
  sendJson(response, 404, { kind: 'Status', message: `${path} not found`, reason: 'NotFound' });

function kubeconfigFor(server: string): string {
  const path = join(temporaryFolder(), 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'token-of-the-test' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}
