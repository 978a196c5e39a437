import type { Model } from '../../model/model.ts';
import { hostNetworkFault, podUid } from '../../model/path/pod-identity.ts';
import { brokenHops } from '../../model/path/walked-path.ts';
import { type ApplicationContainer, sendsSpans } from '../../model/spans/instrumentation.ts';
import { writtenResourceAttributes } from '../../model/spans/written-resource-attributes.ts';
import { attribute } from '../../telemetry/resource-attributes.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { environmentFix, identityMending } from './support/environment-fix.ts';

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
    brokenHops(model)
      .filter(({ hop, sender }) => hop.cause === 'host-network' && sendsSpans(sender))
      .flatMap(({ sender }) => findingOf(model, sender)),
};

function findingOf(model: Model, found: ApplicationContainer): RuleFinding[] {
  const { workload, environment } = found;
  const fault = hostNetworkFault(found);
  if (fault === undefined) {
    return [];
  }
  const { variable } = writtenResourceAttributes(environment);
  const { hasUid, hasIp, what } = fault;
  const { manifest } = workload;
  const isWrittenHere = variable?.origin.kind === 'literal';
  const mending = identityMending(hasUid ? [] : [podUid], [attribute.podIp]);
  return [
    {
      message: `${workload.title} is on the network of its node and ${what}`,
      place: isWrittenHere ? manifest.place([...variable.path, 'value']) : workload.place(['spec', 'hostNetwork']),
      suggestion: [
        ...(hasUid
          ? []
          : [`add: ${attribute.podUid}=$(${podUid.variable}), with ${podUid.variable} from fieldRef ${podUid.field}`]),
        ...(hasIp ? [`remove ${attribute.podIp}`] : []),
      ].join(', and '),
      manifest,
      ...(variable === undefined || isWrittenHere ? { fix: environmentFix(model, found, [mending]).fix } : {}),
    },
  ];
}
