import { componentType } from '../../pipeline/component.ts';
import { withListeners } from '../../pipeline/listeners.ts';
import type { Problem } from '../../problems/problem.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { collectorYamlSchema } from '../../yaml/schema.ts';
import { isMapping, listAt, type Mapping, mappingAt, numberAt, type Path, textAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Service, ServicePort } from '../network/service.ts';
import { isOperatorResource, operatorMode } from '../operator/collector-pods.ts';
import { operatorServices } from '../operator/collector-services.ts';
import type { Workload } from '../workload.ts';
import type { Collector } from './collector.ts';
import { withSettings } from './command-configuration.ts';
import { partsOf } from './from-configuration.ts';
import { tierOf } from './tier.ts';

/** What the OpenTelemetry operator makes of the OpenTelemetryCollectors of the input. */
export interface OperatorCollectors {
  readonly collectors: readonly Collector[];
  readonly services: readonly Service[];
  /** Broken YAML in configurations that are written as text. */
  readonly problems: readonly Problem[];
}

export function operatorCollectors(workloads: readonly Workload[], budget: ValueBudget): OperatorCollectors {
  const problems: Problem[] = [];
  const made = workloads
    .filter(({ manifest }) => isOperatorResource(manifest, 'OpenTelemetryCollector'))
    .map((workload) => {
      const collector = collectorOf(workload, configurationOf(workload.manifest, budget, problems));
      return { collector, services: servicesOf(workload, collector) };
    });
  return {
    collectors: made.map(({ collector }) => collector),
    services: made.flatMap(({ services }) => services),
    problems,
  };
}

const configPath: Path = ['spec', 'config'];

interface Configuration {
  readonly config: Mapping;
  readonly place: Collector['place'];
}

/** A mapping since `v1beta1`, a text before. */
function configurationOf(manifest: Manifest, budget: ValueBudget, problems: Problem[]): Configuration | undefined {
  const written = manifest.get(...configPath);
  if (isMapping(written)) {
    return { config: written, place: (path = []) => manifest.place([...configPath, ...path]) };
  }
  const text = textAt(written);
  if (text === undefined) {
    return undefined;
  }
  const parsed = parseYaml(text, collectorYamlSchema, budget);
  if ('error' in parsed) {
    const place = manifest.placeOfLine(configPath, parsed.line - 1);
    problems.push({ code: 'lint/valid-yaml', message: parsed.error, place });
    return undefined;
  }
  const config = parsed.value;
  if (!isMapping(config)) {
    return undefined;
  }
  const document = manifest.embedded(configPath, text, config);
  return { config, place: (path) => document.place(path) };
}

function collectorOf(workload: Workload, read: Configuration | undefined): Collector {
  const { manifest, title, namespace, hostNetwork, labels } = workload;
  const mode = operatorMode(manifest);
  const args = manifest.get('spec', 'args');
  const set = textAt(args, 'set');
  const settings = set === undefined ? [] : [{ value: set, path: ['spec', 'args', 'set'] }];
  const config = withDefaultEndpoints(withSettings(read?.config ?? {}, settings));
  const { pipelines, listeners, dimensions } = partsOf(config);
  const onEveryNode = mode === 'daemonset';
  const hostPorts = listAt(manifest.value, 'spec', 'ports').flatMap((port) => numberAt(port, 'hostPort') ?? []);
  return {
    title,
    tier: tierOf(onEveryNode, pipelines),
    namespace,
    fromValues: false,
    onEveryNode,
    ...(mode === 'sidecar' ? { isSidecar: true } : {}),
    hostNetwork,
    hostPorts: withListeners(hostPorts, hostNetwork, listeners),
    labels,
    config,
    ...(read === undefined || mode === undefined
      ? {
          unread: {
            kind: 'elsewhere' as const,
            place: manifest.place(mode === undefined ? modePath : configPath),
            reason: mode === undefined ? unknownModeReason : unreadReason,
          },
        }
      : {}),
    pipelines,
    listeners,
    dimensions,
    place: read?.place ?? (() => manifest.place(configPath)),
  };
}

const unreadReason = 'its spec.config was not understood';

const modePath: Path = ['spec', 'mode'];

const unknownModeReason = 'its spec.mode is none that the operator knows';

const standardPorts = { grpc: 4317, http: 4318 } as const;

/**
 * The operator binds the OTLP receivers that name no endpoint to all addresses.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/components/receivers/helpers.go
 */
export function withDefaultEndpoints(config: Mapping): Mapping {
  const receivers = mappingAt(config, 'receivers');
  const bound = Object.fromEntries(
    Object.entries(receivers).map(([id, settings]) => [
      id,
      componentType(id) === 'otlp' && isMapping(settings) ? boundReceiver(settings) : settings,
    ]),
  );
  return valueAt(config, 'receivers') === undefined ? config : { ...config, receivers: bound };
}

function boundReceiver(settings: Mapping): Mapping {
  const protocols = mappingAt(settings, 'protocols');
  const bound = (['grpc', 'http'] as const)
    .filter((protocol) => Object.hasOwn(protocols, protocol) && textAt(protocols, protocol, 'endpoint') === undefined)
    .map((protocol) => [
      protocol,
      { ...mappingAt(protocols, protocol), endpoint: `0.0.0.0:${standardPorts[protocol]}` },
    ]);
  return { ...settings, protocols: { ...protocols, ...Object.fromEntries(bound) } };
}

function servicesOf(
  { manifest, namespace, name }: Workload,
  { listeners, onEveryNode, isSidecar = false }: Collector,
): Service[] {
  const ports = listAt(manifest.value, 'spec', 'ports').flatMap((port): ServicePort[] => {
    const number = numberAt(port, 'port');
    return number === undefined
      ? []
      : [{ name: textAt(port, 'name'), port: number, targetPort: textAt(port, 'targetPort') ?? `${number}` }];
  });
  const place = () => manifest.place(['metadata', 'name']);
  return isSidecar ? [] : operatorServices({ name, namespace, onEveryNode, listeners, ports, place });
}
