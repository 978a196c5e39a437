import { attributeIn } from '../../instrument/resource-attributes.ts';
import type { Model } from '../../model/model.ts';
import {
  type PodIdentityField,
  podIdentityFields,
  type WrongIdentity,
  wrongIdentities,
} from '../../model/path/pod-identity.ts';
import { type ApplicationContainer, instrumentedContainers } from '../../model/spans/instrumentation.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type EnvironmentFix, environmentFix, identityMending } from './support/environment-fix.ts';
import { byValue, usersOf } from './support/value-source.ts';

export const validPodIdentity: Rule = {
  id: 'valid-pod-identity',
  severity: 'error',
  documentation: {
    summary:
      'Reports a pod’s name, UID, address or node that is written by hand, or taken from another field than its own.',
    why: 'The agent looks a pod up by `k8s.pod.ip`, then by `k8s.pod.uid`, and only then by the connection. An attribute that is there and matches no pod ends the search, so a wrong one is worse than none: the span gets no metadata at all. A name written by hand is the same for every replica, and that of a pod that no longer exists.',
    remediation: 'Take each from the downward API, and refer to it by `$(NAME)`.',
    example: `env:
  - name: K8S_POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
  - name: K8S_POD_IP
    valueFrom:
      fieldRef:
        fieldPath: status.podIP
  - name: OTEL_RESOURCE_ATTRIBUTES
    value: k8s.pod.name=$(K8S_POD_NAME),k8s.pod.ip=$(K8S_POD_IP)`,
    see: [
      'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor',
    ],
  },
  check: (model) => {
    const wrong = instrumentedContainers(model).flatMap((found) =>
      wrongIdentities(found).map((identity) => ({ ...found, ...identity })),
    );
    return podIdentityFields.flatMap((field) =>
      findingsOf(
        model,
        wrong.filter((each) => each.field === field),
      ),
    );
  },
};

function findingsOf(model: Model, wrong: readonly (ApplicationContainer & WrongIdentity)[]): RuleFinding[] {
  return byValue(model, wrong).map(({ source, uses: shared }) => {
    const [use] = shared;
    const { variable, field, reason } = use;
    const isShared = variable.origin.kind !== 'literal';
    const mended = isShared ? undefined : environmentFix(model, use, [identityMending([field])]);
    return {
      message: reason(` of ${usersOf(shared)}`),
      place: source.place(),
      suggestion: suggestion(field, mended),
      manifest: source.manifest,
      ...(mended === undefined ? {} : { fix: mended.fix }),
    };
  });
}

function suggestion({ attribute, field, variable }: PodIdentityField, mended: EnvironmentFix | undefined): string {
  const text = mended?.plans[0]?.replaced[0]?.entry.value ?? '';
  const reference = attributeIn(text, attribute) ?? `$(${variable})`;
  const name = reference.slice(2, -1);
  return `write: ${attribute}=${reference}, with ${name} from fieldRef ${field} declared before${mended === undefined ? ", in the container's env" : ''}`;
}
