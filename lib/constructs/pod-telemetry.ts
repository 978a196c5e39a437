import { ApiObject } from 'cdk8s';
import { type IConstruct, type IMixin, Node } from 'constructs';
import type { InstrumentContext } from '../instrument/context.ts';
import { defaultEndpoint, type EndpointContract } from '../instrument/endpoint.ts';
import { defaultNamespace, instrumentedValue } from '../instrument/instrument-object.ts';
import type { OtlpProtocol } from '../telemetry/environment.ts';
import { isSafeValue } from '../telemetry/resource-attributes.ts';
import { isMapping, type Mapping, textAt } from '../yaml/value.ts';

/** Properties of `PodTelemetry`. */
export interface PodTelemetryProps {
  /**
   * Address of the collector.
   *
   * @default http://coralogix-opentelemetry-collector:4317
   */
  readonly endpoint?: string;
  /**
   * ConfigMap whose key holds the address, in the namespace of each workload.
   *
   * @default - the address is written into each workload
   */
  readonly endpointConfigMap?: { readonly name: string; readonly key: string };
  /**
   * Deployment environment, e.g. `production`.
   *
   * @default - workloads get none
   */
  readonly environment?: string;
  /**
   * Protocol of containers that declare none.
   *
   * @default - by language and port
   */
  readonly protocol?: OtlpProtocol;
}

/**
 * Gives the pods of every workload in a scope what their spans need to name pod and node. It works on any `ApiObject`:
 * typed ones, those of an `Include` or a `Helm`, and those of cdk8s-plus. Containers may be added later; constructs
 * that are added later are not visited.
 *
 * @example chart.with(new PodTelemetry({ environment: 'production' }))
 * @see https://github.com/aws/constructs
 */
export class PodTelemetry implements IMixin {
  private readonly context: Omit<InstrumentContext, 'lookup'>;

  /** @throws Error when the environment holds characters that SDKs read in different ways */
  constructor(props: PodTelemetryProps = {}) {
    const { endpoint, endpointConfigMap, environment, protocol } = props;
    if (environment !== undefined && !isSafeValue(environment)) {
      throw new Error(`environment ${JSON.stringify(environment)}: write it with A-Z a-z 0-9 . _ / @ : - alone`);
    }
    const contract: EndpointContract = {
      url: endpoint ?? defaultEndpoint.url,
      ...(endpointConfigMap === undefined ? {} : { configMap: endpointConfigMap }),
      replaces: endpoint !== undefined || endpointConfigMap !== undefined,
    };
    this.context = {
      endpoint: contract,
      ...(environment === undefined ? {} : { environment }),
      ...(protocol === undefined ? {} : { protocol }),
    };
  }

  /** Whether the construct is an API object, the only kind that can hold a pod template. */
  supports(construct: IConstruct): boolean {
    return ApiObject.isApiObject(construct);
  }

  /** Takes effect when the object is synthesized, so that it sees every container. */
  applyTo(construct: IConstruct): void {
    if (!ApiObject.isApiObject(construct)) {
      return;
    }
    const original: () => unknown = construct.toJson.bind(construct);
    // A JSON patch would hold what is there now, and typed objects read patches through their own types.
    construct.toJson = () =>
      instrumentedValue(original(), this.context, (name, namespace) => configMap(construct, name, namespace));
  }
}

/**
 * The same for a scope in which no further constructs are added, with a version of constructs that has no mixins.
 *
 * @example addPodTelemetry(app, { environment: 'production' })
 */
export function addPodTelemetry(scope: IConstruct, props: PodTelemetryProps = {}): void {
  const mixin = new PodTelemetry(props);
  for (const construct of Node.of(scope).findAll()) {
    mixin.applyTo(construct);
  }
}

/** A ConfigMap of the same app. */
function configMap(construct: ApiObject, name: string, namespace: string): Mapping | undefined {
  for (const other of Node.of(construct).root.node.findAll()) {
    if (ApiObject.isApiObject(other) && other.kind === 'ConfigMap' && other.name === name) {
      const value: unknown = other.toJson();
      const found = isMapping(value) ? value : {};
      if ((textAt(found, 'metadata', 'namespace') ?? defaultNamespace) === namespace) {
        return found;
      }
    }
  }
  return undefined;
}
