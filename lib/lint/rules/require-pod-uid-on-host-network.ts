import { type ApplicationContainer, instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { writtenResourceAttributes } from '../../model/spans/written-resource-attributes.ts';
import { attribute } from '../../telemetry/resource-attributes.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { podUid, removeAttribute, setAttribute } from './support/attribute-edit.ts';
import { envOf } from './support/env-edit.ts';

export const requirePodUidOnHostNetwork: Rule = {
  id: 'require-pod-uid-on-host-network',
  severity: 'error',
  documentation: {
    summary: 'Reports a pod on the network of its node whose spans do not have its UID, or have its address as well.',
    why: 'All pods with `hostNetwork` on a node have the node’s address, so the agent cannot distinguish them by the connection. Their spans get no pod, or that of another one. `k8s.pod.ip` is looked up before the UID, and is that same shared address.',
    remediation: 'Send `k8s.pod.uid` from the downward API, and no `k8s.pod.ip`.',
    example: `env:
  - name: K8S_POD_UID
    valueFrom:
      fieldRef:
        fieldPath: metadata.uid
  - name: OTEL_RESOURCE_ATTRIBUTES
    value: k8s.pod.uid=$(K8S_POD_UID)`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor',
    ],
  },
  check: (model) =>
    instrumentedContainers(model)
      .filter(({ workload, instrumentation }) => workload.hostNetwork && instrumentation.kind !== 'injected')
      .flatMap(findingOf),
};

function findingOf(found: ApplicationContainer): RuleFinding[] {
  const { workload, container, environment } = found;
  const { variable, values } = writtenResourceAttributes(environment);
  const isOpen = variable !== undefined && (variable.value === undefined || /<secret /.test(variable.value));
  const hasUid = values.has(attribute.podUid);
  const hasIp = values.has(attribute.podIp);
  if (isOpen || (hasUid && !hasIp)) {
    return [];
  }
  const { manifest } = workload;
  const isWrittenHere = variable?.origin.kind === 'literal';
  const target = envOf(workload, container);
  const identified = (text: string) => (hasUid ? text : setAttribute(text, target, podUid));
  return [
    {
      message: `${workload.title} is on the network of its node and ${hasIp ? `sends ${attribute.podIp}, which is the node's address` : `sends no ${attribute.podUid}`}`,
      place: isWrittenHere ? manifest.place([...variable.path, 'value']) : workload.place(['spec', 'hostNetwork']),
      suggestion: [
        ...(hasUid
          ? []
          : [`add: ${attribute.podUid}=$(${podUid.variable}), with ${podUid.variable} from fieldRef ${podUid.field}`]),
        ...(hasIp ? [`remove ${attribute.podIp}`] : []),
      ].join(', and '),
      manifest,
      ...(variable === undefined || isWrittenHere
        ? {
            fix: {
              file: manifest.document.file,
              apply: (text: string) => removeAttribute(identified(text), target, attribute.podIp),
            },
          }
        : {}),
    },
  ];
}
