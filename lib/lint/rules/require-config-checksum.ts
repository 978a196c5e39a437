import type { Model } from '../../model/model.ts';
import type { Workload } from '../../model/workload.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, textAt, textsAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireConfigChecksum: Rule = {
  id: 'require-config-checksum',
  severity: 'warning',
  documentation: {
    summary: 'Reports pods that read a ConfigMap into their environment and are not restarted when it changes.',
    why: 'Variables are read once, when a container starts. After a change of the ConfigMap `kubectl apply` prints `unchanged` for every Deployment, and the pods go on sending to the old endpoint until something else restarts them; then only some do.',
    remediation:
      'Put a checksum of the data into an annotation of the pod template, or give the ConfigMap a name with a hash.',
    example: `template:
  metadata:
    annotations:
      checksum/config: 32a5d7617f42dcb4`,
    see: ['https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically'],
  },
  check: (model) =>
    model.workloads
      .filter((workload) => longRunning.has(workload.kind) && !isRestarted(workload))
      .flatMap((workload) => {
        const names = [...configMapsOf(workload)].filter((name) => mayChange(model, workload, name));
        return names.length === 0
          ? []
          : [
              {
                message: `${workload.title} reads ${joinNames(names.map((name) => `ConfigMap ${name}`))} into its environment, and nothing restarts its pods when that changes`,
                place: workload.place(['metadata']),
                suggestion: 'add to the pod template: annotations: { checksum/config: CHECKSUM }',
                manifest: workload.manifest,
              },
            ];
      }),
};

/** Their pods stay; those of a Job or CronJob read the ConfigMap at the next run. */
const longRunning = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** A checksum, or a controller that watches. */
const restarting = /checksum|hash|reloader\.stakater\.com|wave\.pusher\.com|config-version/i;

const isRestarted = ({ annotations, labels, manifest }: Workload): boolean =>
  [annotations, labels, textsAt(manifest.value, 'metadata', 'annotations')]
    .flatMap((entries) => Object.keys(entries))
    .some((name) => restarting.test(name));

function configMapsOf({ containers }: Workload): ReadonlySet<string> {
  return new Set(
    containers.flatMap(({ value }) => [
      ...listAt(value, 'env').flatMap((entry) => textAt(entry, 'valueFrom', 'configMapKeyRef', 'name') ?? []),
      ...listAt(value, 'envFrom').flatMap((source) => textAt(source, 'configMapRef', 'name') ?? []),
    ]),
  );
}

/** One that was not read is made by something that may well give it a hash. */
function mayChange(model: Model, { namespace }: Workload, name: string): boolean {
  const manifest = model.lookup('ConfigMap', name, namespace)?.manifest;
  return manifest !== undefined && textAt(manifest.value, 'immutable') !== 'true' && !hashed.test(name);
}

/** As kustomize and cdk8s name it. */
const hashed = /-([bcdfghkmt2456789]{10}|c[0-9a-f]{7})$/;
