import { z } from 'zod';
import { templatePathsOf } from '../../../kubernetes/pod-template.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { Workload } from '../../../model/workload.ts';
import type { Problem } from '../../../problems/problem.ts';
import { readJson } from '../../../run/kube/read.ts';
import { runInstruction, type ShellText, sh } from '../../../text/shell.ts';
import { listAt, textAt } from '../../../yaml/value.ts';
import { clusterNodes, type Taint } from '../../preflight/cluster-checks.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

/** Taints that Kubernetes manages itself; the check of nodes reports their causes. */
const ofKubernetes = /^node(\.cloudprovider)?\.kubernetes\.io\//;

const tolerations = z.array(
  z.object({ key: z.string().optional(), operator: z.string().optional(), effect: z.string().optional() }),
);

/** Checks that every workload tolerates the taints of at least one node. */
export const taintsCheck: Check = {
  name: 'the taints of the nodes',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run({ context, manifests, scope }) {
    const nodes = (await clusterNodes(context)).map(({ metadata, spec }) => ({
      name: metadata.name,
      taints: (spec.taints ?? []).filter(({ key, effect }) => effect !== 'PreferNoSchedule' && !ofKubernetes.test(key)),
    }));
    const templatePaths = templatePathsOf(scope.config.instrument.templates);
    const excluded = manifests
      .flatMap((manifest) => Workload.of(manifest, scope.config.namespace, templatePaths) ?? [])
      .filter((workload) => nodes.every(({ taints }) => taints.some((taint) => !isTolerated(workload, taint))))
      .map(({ title }) => title);
    if (excluded.length === 0 || nodes.length === 0) {
      return {};
    }
    const named = nodes.map(({ name, taints }) => `${name} (${taints.map(written).join(', ')})`);
    const [first = { name: '', taints: [] }] = nodes;
    return {
      problems: [
        {
          code: 'deploy/nodes-tainted',
          message: `the taints of every node exclude ${excluded.length === 1 ? excluded[0] : `${excluded[0]} and ${excluded.length - 1} more workloads`}: ${named.join('; ')}`,
          suggestion: runInstruction(
            sh`kubectl taint node ${first.name} ${first.taints.map((taint) => `${written(taint)}-`)}`,
          ),
        },
      ],
    };
  },
};

function isTolerated(workload: Workload, { key, effect }: Taint): boolean {
  const written = tolerations.safeParse(listAt(workload.podTemplate, 'spec', 'tolerations'));
  return (written.data ?? []).some(
    (toleration) =>
      (toleration.key === undefined || toleration.key === key) &&
      (toleration.effect === undefined || toleration.effect === effect),
  );
}

const written = ({ key, value, effect }: Taint): string => `${key}${value === undefined ? '' : `=${value}`}:${effect}`;

const classes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).optional() }),
    }),
  ),
});

const localPath = runInstruction(
  sh`kubectl apply -f https://raw.githubusercontent.com/rancher/local-path-provisioner/v0.0.31/deploy/local-path-storage.yaml`,
);

const isDefault = 'storageclass.kubernetes.io/is-default-class';

/** Checks that the storage classes of the volume claims exist. */
export const storageCheck: Check = {
  name: 'the storage classes',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run({ context, manifests }) {
    const claims = manifests.flatMap(claimsOf);
    if (claims.length === 0) {
      return {};
    }
    const { items } = await readJson(context, context.kubectl(['get', 'storageclasses', '--output=json']), classes);
    const names = items.map(({ metadata }) => metadata.name);
    const unknown = [...new Set(claims.flatMap(({ storageClass }) => storageClass ?? []))].filter(
      // An empty name means volumes that are created by hand.
      (name) => name !== '' && !names.includes(name),
    );
    const unnamed = claims.filter(({ storageClass }) => storageClass === undefined).map(({ title }) => title);
    const hasDefault = items.some(({ metadata }) => metadata.annotations?.[isDefault] === 'true');
    return {
      problems: [
        ...unknown.map((name) =>
          unknownClass(
            name,
            claims.filter(({ storageClass }) => storageClass === name).map(({ title }) => title),
            names,
          ),
        ),
        ...(unnamed.length > 0 && !hasDefault ? [noDefault(unnamed, names)] : []),
      ],
    };
  },
};

interface NamedClaim {
  readonly title: string;
  readonly storageClass: string | undefined;
}

function claimsOf(manifest: Manifest): NamedClaim[] {
  const { kind, title, value } = manifest;
  if (kind === 'PersistentVolumeClaim') {
    return [{ title, storageClass: textAt(value, 'spec', 'storageClassName') }];
  }
  return kind === 'StatefulSet'
    ? listAt(value, 'spec', 'volumeClaimTemplates').map((claim) => ({
        title,
        storageClass: textAt(claim, 'spec', 'storageClassName'),
      }))
    : [];
}

function unknownClass(name: string, titles: readonly string[], there: readonly string[]): Problem {
  const suggestion = there.length > 0 ? `write: storageClassName: ${there.join(' or ')}` : localPath;
  return {
    code: 'deploy/no-storage-class',
    message: `the cluster has no storage class ${name}, so ${titles.join(', ')} would never get a volume`,
    suggestion: name === 'local-path' && there.length > 0 ? `${suggestion}; or ${localPath}` : suggestion,
  };
}

const noDefault = (titles: readonly string[], there: readonly string[]): Problem => ({
  code: 'deploy/no-default-storage-class',
  message: `the cluster has no default storage class, but ${titles.join(', ')} ${titles.length === 1 ? 'names' : 'name'} none`,
  suggestion:
    there.length > 0 ? runInstruction(asDefault(there[0] ?? '')) : `${localPath}; then: ${asDefault('local-path')}`,
});

const asDefault = (name: string): ShellText => sh`kubectl annotate storageclass ${name} ${`${isDefault}=true`}`;
