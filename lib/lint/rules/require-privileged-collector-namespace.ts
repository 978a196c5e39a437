import { groupBy } from '../../group-by.ts';
import { podSecurityLabel, refusingNamespaces } from '../../model/start/pod-security.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule } from '../rule.ts';

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
    [...groupBy(refusingNamespaces(model), ({ manifest }) => manifest.name).values()].map((refused) => ({
      message: `namespace ${refused[0].manifest.name} enforces ${refused[0].level}: no pod of ${joinNames(refused.map(({ collector }) => collector.title))} may use its node there, and none starts`,
      place: refused[0].place,
      suggestion: `write: ${podSecurityLabel}: privileged`,
      manifest: refused[0].manifest,
    })),
};
