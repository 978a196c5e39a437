import { ApiObject } from 'cdk8s';
import { type IConstruct, type IMixin, Node } from 'constructs';
import type { InstrumentContext } from '../instrument/context.ts';
import { defaultEndpoint, type EndpointContract } from '../instrument/endpoint.ts';
import { defaultNamespace, instrumentedValue } from '../instrument/instrument-object.ts';
import {
  type ConfiguredTemplate,
  nameable,
  type TemplatePaths,
  templatePathsOf,
  type UnnamedTemplate,
} from '../kubernetes/pod-template.ts';
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
  /**
   * Custom kinds that run pods, and where their pod template stands.
   *
   * @default - the kinds of Kubernetes, Argo Rollouts, Knative and OpenShift
   */
  readonly templates?: readonly ConfiguredTemplate[];
  /**
   * Takes a warning, such as that of a custom kind with pods that `templates` does not name.
   *
   * @default - a warning of Node.js, on standard error
   */
  readonly onWarning?: (message: string) => void;
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
  private readonly templatePaths: TemplatePaths;
  private readonly onWarning: (message: string) => void;
  private readonly warned = new Set<string>();

  /** @throws Error when the environment holds characters that SDKs read in different ways, or a template has no path */
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
    this.templatePaths = templatePathsOf(checkedTemplates(props.templates ?? []));
    this.onWarning = props.onWarning ?? ((message) => process.emitWarning(message, { code: 'PODHOST' }));
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
      instrumentedValue(original(), {
        context: this.context,
        templatePaths: this.templatePaths,
        configMapNamed: (name, namespace) => configMap(construct, name, namespace),
        onUnnamed: (object, found) => this.warnOnce(object, found),
      });
  }

  /** An object is synthesized several times. */
  private warnOnce(object: Mapping, { written, entry }: UnnamedTemplate): void {
    const title = `${textAt(object, 'kind')} ${textAt(object, 'metadata', 'name') ?? ''}`;
    const suggestion = entry === undefined ? '' : `: write templates: [${entry}]`;
    const message = `${title} is not instrumented, because podhost does not know that its pods are described at ${written}${suggestion}`;
    if (!this.warned.has(message)) {
      this.warned.add(message);
      this.onWarning(message);
    }
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

/** @throws Error when a field of a template is none */
function checkedTemplates(templates: readonly ConfiguredTemplate[]): readonly ConfiguredTemplate[] {
  const examples = { apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.podTemplate' } as const;
  for (const [index, template] of templates.entries()) {
    for (const key of ['apiVersion', 'kind', 'path'] as const) {
      if (!nameable[key].test(template[key])) {
        throw new Error(
          `templates[${index}].${key} ${JSON.stringify(template[key])}: write for example ${examples[key]}`,
        );
      }
    }
  }
  return templates;
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
