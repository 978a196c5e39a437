import { configReferences, lacksKey, referencesBy, type Uses } from '../../model/environment/data-references.ts';
import type { Model } from '../../model/model.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { missingObjects } from './support/missing-objects.ts';
import { agree, usersOf } from './support/value-source.ts';

export const validConfigReference: Rule = {
  id: 'valid-config-reference',
  severity: 'error',
  documentation: {
    summary: 'Reports a ConfigMap or Secret, or a key of one, that pods refer to and that is not there.',
    why: 'A pod that refers to a key that is not there does not start: it stays in `CreateContainerConfigError`. During a rollout the old pods stay, so the change seems to have no effect.',
    remediation: 'Name a key that is there, add it to the data, or mark the reference as `optional`.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    valueFrom:
      configMapKeyRef:
        name: dataprime-config
        key: OTEL_EXPORTER_OTLP_ENDPOINT`,
    see: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
  },
  check(model) {
    const references = model.workloads.flatMap(configReferences);
    return [
      ...referencesBy(references, ({ key }) => key ?? '').flatMap((uses) => missingKey(model, uses)),
      ...missingObjects(model, references),
    ];
  },
};

function missingKey(model: Model, uses: Uses): RuleFinding[] {
  const [first] = uses;
  const { workload, kind, name, key, keyPath } = first;
  const data = model.lookup(kind, name, workload.namespace);
  if (data === undefined || key === undefined || !lacksKey(model, first)) {
    return [];
  }
  const meant = didYouMean(key, data.keys);
  const instead = data.keys.length === 0 ? '' : `, or write: ${oneOf(data.keys)}`;
  return [
    {
      message: `${kind} ${name} of namespace ${workload.namespace} has no key ${key}, to which ${usersOf(uses)} ${agree(uses, 'refers', 'refer')}`,
      place: workload.place(keyPath),
      suggestion: meant === undefined ? `add ${key} to it${instead}` : `write: ${meant}`,
      manifest: workload.manifest,
    },
  ];
}
