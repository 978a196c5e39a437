import { collectorSecret } from '../../chart/names.ts';
import type { SystemConfig } from '../../config/schema/system.ts';

/** A Secret that the system needs and that stands in no file. */
export interface WantedSecret {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables that their values are looked up in. */
  readonly keys: readonly string[];
}

/** The Secrets that a deployment makes. One that the External Secrets Operator makes is none of them. */
export function wantedSecrets({ namespace, secret, collector, deploy }: SystemConfig): WantedSecret[] {
  const application =
    secret === undefined || secret.externalSecret !== undefined ? [] : [{ ...secret, namespace, keys: secret.keys }];
  const { operator } = deploy;
  return [
    ...application.map(({ name, keys }) => ({ name, namespace, keys })),
    { name: collectorSecret.name, namespace: collector.namespace, keys: [collectorSecret.key] },
    ...(operator.enabled
      ? [{ name: operator.secret.name, namespace: operator.namespace, keys: [operator.secret.key] }]
      : []),
  ].filter(({ keys }) => keys.length > 0);
}

/** Names of the environment variables that hold secrets, whether a Secret is made of them or not. */
export const secretNames = ({ secret, deploy }: SystemConfig): string[] => [
  ...new Set([...(secret?.keys ?? []), collectorSecret.key, deploy.operator.secret.key]),
];
