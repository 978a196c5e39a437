import type { JobRun, KubeObject } from './fake-kubernetes.ts';
import { at, nodes, type TestSystem } from './healthy-system.ts';

/** What the generator prints when the collector has taken its spans. */
export const generatedLog = 'INFO traces/worker.go:180 traces generated {"worker": 0, "traces": 1}\n';

export const failedLog = `${generatedLog}2026/01/01 10:00:00 traces export: exporter export timeout: rpc error: code = Unavailable desc = name resolver error: produced zero addresses\n`;

interface ProbePod {
  readonly log?: string;
  readonly state?: object;
  readonly phase?: string;
}

/** The pod of a Job, which has ended unless something else is written. */
export function podOfJob(job: KubeObject, { log = generatedLog, state, phase = 'Succeeded' }: ProbePod = {}): JobRun {
  const containers: readonly unknown[] = Object(at(job, 'spec', 'template', 'spec', 'containers'));
  const container = containers[0];
  return {
    log,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${job.metadata.name}-x1y2z`,
        namespace: job.metadata.namespace ?? '',
        ...{ ownerReferences: [{ kind: 'Job', name: job.metadata.name, controller: true }] },
      },
      spec: { nodeName: nodes[0], containers },
      status: {
        phase,
        containerStatuses: [
          { name: at(container, 'name'), state: state ?? { terminated: { exitCode: 0, reason: 'Completed' } } },
        ],
      },
    },
  };
}

/** Runs Jobs of probes, whose spans arrive with these attributes changed. */
export const arriving =
  (system: TestSystem, changes: Readonly<Record<string, string | undefined>> = {}) =>
  (job: KubeObject): JobRun => {
    const run = podOfJob(job);
    const resource = {
      'k8s.pod.name': run.pod.metadata.name,
      'k8s.namespace.name': job.metadata.namespace,
      'k8s.node.name': nodes[0],
      'k8s.cluster.name': 'dataprime-demo',
      ...changes,
    };
    const args: readonly string[] = Object(at(job, 'spec', 'template', 'spec', 'containers', 0, 'args'));
    const argumentOf = (pattern: RegExp): string => args.flatMap((arg) => pattern.exec(arg)?.[1] ?? [])[0] ?? '';
    system.spans.push({
      service: argumentOf(/^--service=(.*)$/),
      count: 2,
      resource: Object.fromEntries(
        Object.entries(resource).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      mark: argumentOf(/^--telemetry-attributes=podhost\.probe="(.*)"$/),
    });
    return run;
  };
