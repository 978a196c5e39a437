import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ExternalSecret } from '../../imports/external-secrets-external-secrets.io.ts';
import { recommendedLabels } from './labels.ts';

/** Where one key of the Secret comes from. */
export interface RemoteReference {
  /** Name of the secret in the store. */
  readonly key: string;
  /**
   * Field inside it.
   *
   * @default - the whole secret
   */
  readonly property?: string;
}

/** How the External Secrets Operator makes the Secret. */
export interface ExternalSecretSource {
  /** The store to read from. */
  readonly store: { readonly kind: 'ClusterSecretStore' | 'SecretStore'; readonly name: string };
  /** How often the store is read, e.g. `1h`. */
  readonly refreshInterval: string;
  /** Where each key comes from. */
  readonly remote: Readonly<Record<string, RemoteReference>>;
}

/** Props of `ApplicationSecret`. */
export interface ApplicationSecretProps {
  /** Name of the Secret. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Keys that the Secret has. Their values are never part of the output. */
  readonly keys: readonly string[];
  /**
   * Let the External Secrets Operator make it.
   *
   * @default - the Secret exists already, and nothing is synthesized
   */
  readonly externalSecret?: ExternalSecretSource;
}

/**
 * The Secret that the services of a system read, by reference.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ApplicationSecret extends Construct {
  /** Name of the Secret. */
  readonly name: string;
  /** Keys of the Secret. */
  readonly keys: readonly string[];

  constructor(scope: Construct, id: string, props: ApplicationSecretProps) {
    super(scope, id);
    this.name = props.name;
    this.keys = props.keys;
    if (props.externalSecret !== undefined) {
      const { store, refreshInterval, remote } = props.externalSecret;
      new ExternalSecret(this, 'Resource', {
        metadata: { name: props.name, labels: recommendedLabels(props) },
        spec: {
          refreshInterval,
          secretStoreRef: store,
          target: { name: props.name },
          data: Object.entries(remote).map(([secretKey, remoteRef]) => ({ secretKey, remoteRef })),
        },
      });
    }
  }

  /**
   * An environment variable that reads a key.
   *
   * @param key key of the Secret
   * @param name name of the variable
   * @default name - the key
   * @throws Error when the Secret has no such key
   */
  variable(key: string, name: string = key): k8s.EnvVar {
    if (!this.keys.includes(key)) {
      throw new Error(`Secret ${this.name} has no key ${key}; it has ${this.keys.join(', ') || 'none'}`);
    }
    return { name, valueFrom: { secretKeyRef: { name: this.name, key } } };
  }
}
