import { groupBy } from '../../group-by.ts';
import type { Collector } from '../../model/collector/collector.ts';
import { usesNode } from '../../model/collector/node-access.ts';
import type { Model } from '../../model/model.ts';
import { memoized } from '../../model/spans/memoized.ts';
import { joinNames } from '../../text/list.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

const label = 'pod-security.kubernetes.io/enforce';

export const requirePrivilegedCollectorNamespace: Rule = {
  id: 'require-privileged-collector-namespace',
  severity: 'error',
  documentation: {
    summary: 'Reports a namespace whose pod security keeps the collectors out.',
    why: 'The agent is on the network of its node, takes spans on ports of the node and mounts folders of it to read its metrics; all collectors of the chart mount the machine’s id. In a namespace that enforces `baseline` or `restricted` the API server admits none of their pods: the DaemonSet is there and has none, and the reason stands in its events alone.',
    remediation: 'Label the namespace of the collectors `privileged`, and keep applications in another one.',
    example: `apiVersion: v1
kind: Namespace
metadata:
  name: coralogix
  labels:
    pod-security.kubernetes.io/enforce: privileged`,
    see: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  check: (model) =>
    model.manifests.flatMap((manifest) => {
      const level = textAt(manifest.value, 'metadata', 'labels', label);
      if (manifest.kind !== 'Namespace' || (level !== 'baseline' && level !== 'restricted')) {
        return [];
      }
      const refused = collectorsIn(model, manifest.name).filter((collector) => usesNode(model, collector));
      return refused.length === 0
        ? []
        : [
            {
              message: `namespace ${manifest.name} enforces ${level}: no pod of ${joinNames(refused.map(({ title }) => title))} may use its node there, and none starts`,
              place: manifest.place(['metadata', 'labels', label]),
              suggestion: `write: ${label}: privileged`,
              manifest,
            },
          ];
    }),
};

const collectorsIn = (model: Model, namespace: string): readonly Collector[] => byNamespace(model).get(namespace) ?? [];

const byNamespace = memoized(({ collectors }) => groupBy(collectors, ({ namespace }) => namespace ?? ''));
