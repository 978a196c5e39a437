import { ApiObject, JsonPatch } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ownValue } from '../own-value.ts';
import { endpointVariable, httpEndpointKey } from '../telemetry/environment.ts';
import { remembered } from '../text/remembered.ts';
import { sha256 } from '../text/sha256.ts';
import { recommendedLabels } from './labels.ts';
import { sortedKeys } from './sorted-keys.ts';

/** Props of `ApplicationConfig`. */
export interface ApplicationConfigProps {
  /** Name of the ConfigMap. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Where spans go, e.g. `http://coralogix-opentelemetry-collector:4317`. */
  readonly endpoint: string;
  /**
   * Where spans go by `http/protobuf`, e.g. `http://coralogix-opentelemetry-collector:4318`.
   *
   * @default - no service sends by it
   */
  readonly httpEndpoint?: string;
  /** Domain of the Coralogix region, e.g. `eu2.coralogix.com`. */
  readonly domain: string;
  /** Application name in Coralogix. */
  readonly applicationName: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  /**
   * Further values, by key.
   *
   * @default - none
   */
  readonly data?: Readonly<Record<string, string>>;
}

/** Keys that every service reads. */
export const commonKeys = ['CX_DOMAIN', 'CX_APPLICATION_NAME', 'ENVIRONMENT'] as const;

/** Services mostly read the same keys. */
const checksumOf = remembered((read) => sha256(read).slice(0, 16));

/** The ConfigMap that the services of a system read, key by key. */
export class ApplicationConfig extends Construct {
  /** Name of the ConfigMap. */
  readonly name: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  /** All values of the ConfigMap, by key. */
  readonly data: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ApplicationConfigProps) {
    super(scope, id);
    this.name = props.name;
    this.environment = props.environment;
    this.data = {
      [endpointVariable]: props.endpoint,
      ...(props.httpEndpoint === undefined ? {} : { [httpEndpointKey]: props.httpEndpoint }),
      CX_DOMAIN: props.domain,
      CX_APPLICATION_NAME: props.applicationName,
      ENVIRONMENT: props.environment,
      ...props.data,
    };
    // KubeConfigMap copies all data once for each key, which takes a minute for 12,000.
    const configMap = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: props.name, labels: recommendedLabels(props) },
    });
    configMap.addJsonPatch(JsonPatch.add('/data', sortedKeys(this.data)));
  }

  /**
   * An environment variable that reads the key of the same name.
   *
   * @throws Error when the ConfigMap has no such key
   */
  variable(key: string): k8s.EnvVar {
    this.value(key);
    return { name: key, valueFrom: { configMapKeyRef: { name: this.name, key } } };
  }

  /**
   * Changes exactly when one of the keys' values does: as an annotation of a pod template it restarts the pods that
   * read them, and no others.
   *
   * @throws Error when the ConfigMap has no such key
   */
  checksum(keys: readonly string[]): string {
    return checksumOf(JSON.stringify([...new Set(keys)].sort().map((key) => [key, this.value(key)])));
  }

  private value(key: string): string {
    const value = ownValue(this.data, key);
    if (value === undefined) {
      throw new Error(`ConfigMap ${this.name} has no key ${key}; it has ${Object.keys(this.data).join(', ')}`);
    }
    return value;
  }
}
