import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import { type VariableName, variableName } from '../../../text/variable-name.ts';

/** A Secret that the system needs and that stands in no file. */
export interface WantedSecret {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables that their values are looked up in. */
  readonly keys: readonly VariableName[];
}

/** The Secrets that a deployment makes. One that the External Secrets Operator makes is none of them. */
export function wantedSecrets({ namespace, secret, collector, deploy }: SystemConfig): WantedSecret[] {
  const { operator } = deploy;
  const wanted = [
    ...(secret === undefined || secret.externalSecret !== undefined
      ? []
      : [{ name: secret.name, namespace, keys: secret.keys }]),
    { name: collectorSecret.name, namespace: collector.namespace, keys: [collectorSecret.key] },
    ...(operator.enabled
      ? [{ name: operator.secret.name, namespace: operator.namespace, keys: [operator.secret.key] }]
      : []),
  ];
  return wanted.filter(({ keys }) => keys.length > 0).map((it) => ({ ...it, keys: it.keys.map(variableName) }));
}

/** Names of the environment variables that hold secrets, whether a Secret is made of them or not. */
export const secretNames = ({ secret, deploy }: SystemConfig): string[] => [
  ...new Set([...(secret?.keys ?? []), collectorSecret.key, deploy.operator.secret.key]),
];
