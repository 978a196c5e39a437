import { z } from 'zod';
import { Workload } from '../../../model/workload.ts';
import { run, sh } from '../../../text/shell.ts';
import { listAt } from '../../../yaml/value.ts';
import type { Check } from '../../preflight/check.ts';
import { clusterNodes, type Taint } from '../../preflight/nodes.ts';
import { runs } from '../../preflight/scope.ts';

/** What Kubernetes sets and takes away itself; the check of the nodes tells of these. */
const ofKubernetes = /^node(\.cloudprovider)?\.kubernetes\.io\//;

const tolerations = z.array(
  z.object({ key: z.string().optional(), operator: z.string().optional(), effect: z.string().optional() }),
);

/** There is a node that lets every workload in. */
export const taintsCheck: Check = {
  name: 'the taints of the nodes',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async look({ context, manifests, scope }) {
    const nodes = (await clusterNodes(context)).map(({ metadata, spec }) => ({
      name: metadata.name,
      taints: (spec.taints ?? []).filter(({ key, effect }) => effect !== 'PreferNoSchedule' && !ofKubernetes.test(key)),
    }));
    const kept = manifests
      .flatMap((manifest) => Workload.of(manifest, scope.config.namespace) ?? [])
      .filter((workload) => nodes.every(({ taints }) => taints.some((taint) => !isTolerated(workload, taint))))
      .map(({ title }) => title);
    if (kept.length === 0 || nodes.length === 0) {
      return {};
    }
    const named = nodes.map(({ name, taints }) => `${name} (${taints.map(written).join(', ')})`);
    const [first = { name: '', taints: [] }] = nodes;
    return {
      problems: [
        {
          code: 'deploy/nodes-tainted',
          message: `every node keeps ${kept.length === 1 ? kept[0] : `${kept[0]} and ${kept.length - 1} more workloads`} out: ${named.join('; ')}`,
          suggestion: run(sh`kubectl taint node ${first.name} ${first.taints.map((taint) => `${written(taint)}-`)}`),
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
