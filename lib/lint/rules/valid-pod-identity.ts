import type { Model } from '../../model/model.ts';
import {
  type PodIdentityField,
  podIdentityFields,
  type WrongIdentity,
  wrongIdentities,
} from '../../model/path/pod-identity.ts';
import { type ApplicationContainer, instrumentedContainers } from '../../model/spans/instrumentation.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { setAttribute } from './support/attribute-edit.ts';
import { envOf } from './support/env-edit.ts';
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
    const [{ workload, container, variable, field, reason }] = shared;
    const isShared = variable.origin.kind !== 'literal';
    const target = envOf(workload, container);
    const apply = (text: string) => setAttribute(text, target, field);
    return {
      message: reason(` of ${usersOf(shared)}`),
      place: source.place(),
      suggestion: suggestion(field, isShared),
      manifest: source.manifest,
      ...(isShared ? {} : { fix: { file: source.manifest.document.file, apply } }),
    };
  });
}

const suggestion = ({ attribute, field, variable }: PodIdentityField, isShared: boolean): string =>
  `write: ${attribute}=$(${variable}), with ${variable} from fieldRef ${field} declared before${isShared ? ", in the container's env" : ''}`;
