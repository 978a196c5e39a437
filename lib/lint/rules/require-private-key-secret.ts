import type { Model } from '../../model/model.ts';
import { memoized } from '../../model/spans/memoized.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type KeySecret, keySecrets } from './support/private-key.ts';

export const requirePrivateKeySecret: Rule = {
  id: 'require-private-key-secret',
  severity: 'error',
  documentation: {
    summary:
      'Reports the Secret with the collectors’ key where they cannot read it: in another namespace, or without the key.',
    why: 'A pod reads Secrets of its own namespace only, and the collectors run in the namespace of the release. With the Secret beside the application the collectors’ pods stay in CreateContainerConfigError. Secrets that no file makes are not reported: they are often made by hand.',
    remediation: 'Make the Secret in the namespace of the release, with the Send-Your-Data key as `PRIVATE_KEY`.',
    example: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: coralogix-keys
  namespace: coralogix
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
  data:
    - secretKey: PRIVATE_KEY
      remoteRef:
        key: coralogix/send-your-data`,
    see: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
  },
  check: (model) => keySecrets(model).flatMap((secret) => finding(model, secret) ?? []),
};

function finding(model: Model, { name, key, namespace, file }: KeySecret): RuleFinding | undefined {
  const here = model.lookup('Secret', name, namespace);
  if (here !== undefined) {
    const { manifest } = here;
    return here.has(key)
      ? undefined
      : {
          message: `Secret ${name} has no key ${key}, from which the collectors of ${file} take theirs`,
          place: manifest.place(['metadata', 'name']),
          suggestion: `write the Send-Your-Data key as ${key}`,
          manifest,
        };
  }
  const [manifest] = namespaces(model).flatMap((other) => model.lookup('Secret', name, other)?.manifest ?? []);
  return manifest === undefined
    ? undefined
    : {
        message: `Secret ${name} is in namespace ${manifest.namespace}, and the collectors of ${file} read it in ${namespace}`,
        place: manifest.place(['metadata', 'namespace']),
        suggestion: `write: namespace: ${namespace}`,
        manifest,
        ...(isSeen(model, namespace) ? {} : { cannotTell: true }),
      };
}

/** Whether a file that was read names such a namespace: that of the release is known to helm only. */
const isSeen = (model: Model, namespace: string): boolean => seen(model).has(namespace);

const seen = memoized(
  ({ manifests }): ReadonlySet<string | undefined> =>
    new Set(
      manifests.flatMap((manifest) => [
        manifest.namespace,
        ...(manifest.kind === 'Namespace' ? [manifest.name] : []),
        textAt(manifest.value, 'spec', 'externalName')?.split('.')[1],
      ]),
    ),
);

const namespaces = memoized(({ manifests }) => [...new Set(manifests.map(({ namespace }) => namespace ?? ''))]);
