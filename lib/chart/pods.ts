import { isMapping, type Mapping, numberAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { otlpPort } from './names.ts';
import { isNothing, isTrue, printed, TemplateError, wantText } from './template.ts';
import { type TemplateContext, textWithTemplates } from './template-text.ts';

/** A port of the collector's container. */
export interface ContainerPort {
  readonly name: string;
  readonly containerPort: number | undefined;
  /** Port of the node that leads to it. */
  readonly hostPort: number | undefined;
}

const port = (number: number): Mapping => ({ enabled: true, containerPort: number, hostPort: number });

/** Ports that a preset opens where `ports` does not name them. */
const ofPresets: Readonly<Record<string, Readonly<Record<string, Mapping>>>> = {
  jaegerReceiver: {
    'jaeger-grpc': port(14_250),
    'jaeger-thrift': port(14_268),
    'jaeger-compact': port(6831),
    'jaeger-binary': port(6832),
  },
  zipkinReceiver: { zipkin: port(9411) },
  statsdReceiver: { statsd: port(8125) },
  otlpReceiver: { otlp: port(otlpPort.grpc), 'otlp-http': port(otlpPort.http) },
};

/** Whether an operator makes the pods, of an object that has no port of the node and no attribute of its own. */
const isManaged = (values: ChartValues): boolean => values.has('collectorCRD', 'generate');

/** Ports of the pods; those of a DaemonSet are ports of the node as well. */
export function containerPorts(values: ChartValues): ContainerPort[] {
  if (isManaged(values)) {
    return enabledPorts(namedPorts(values)).map(([name, entry]) => ({
      name,
      containerPort: numberAt(entry, 'containerPort'),
      hostPort: undefined,
    }));
  }
  const isOpen = values.mode === 'daemonset' && values.distribution !== 'gke/autopilot';
  const added = Object.entries(ofPresets).flatMap(([preset, ports]) => (values.preset(preset) ? [ports] : []));
  return enabledPorts({ ...Object.assign({}, ...added), ...namedPorts(values) }).map(([name, entry]) => ({
    name,
    containerPort: numberAt(entry, 'containerPort'),
    hostPort: (isOpen ? numberAt(entry, 'hostPort') : undefined) || undefined,
  }));
}

/** @throws TemplateError where values have taken the ports away */
export function namedPorts(values: ChartValues): Mapping {
  const ports = values.at('ports');
  if (!isMapping(ports)) {
    const reason = 'error calling deepCopy: reflect: call of reflect.Value.Type on zero Value';
    throw new TemplateError(reason, 'deepCopy .Values.ports', ['ports']);
  }
  return ports;
}

/** Those that are on, by their names. */
export const enabledPorts = (ports: Mapping): (readonly [string, Mapping])[] =>
  Object.entries(ports)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, entry]) => {
      if (isNothing(entry)) {
        throw new TemplateError('nil pointer evaluating interface {}.enabled', '$port.enabled', ['ports', name]);
      }
      return isMapping(entry) && isTrue(entry['enabled']) ? [[name, entry] as const] : [];
    });

const variable = 'OTEL_RESOURCE_ATTRIBUTES';

/**
 * What the variable `OTEL_RESOURCE_ATTRIBUTES` of the collector says, with `$(NAME)` for what the kubelet fills in: what
 * the values give, and behind it the chart's own. The processor `resourcedetection` adds it to what passes.
 *
 * @returns undefined where there is no such variable; null where it comes from elsewhere
 */
export function ownResourceAttributes(values: ChartValues, context: TemplateContext): string | null | undefined {
  const given = values.list('extraEnvs').filter((entry) => isMapping(entry) && entry['name'] === variable);
  const written = given.flatMap((entry) =>
    isMapping(entry) && isTrue(entry['value']) ? [printed(entry['value'])] : [],
  );
  const own = isManaged(values) ? '' : chartAttributes(values, context).join(',');
  if (written.length < given.length) {
    const last = given.at(-1);
    return isMapping(last) && typeof last['value'] === 'string' ? last['value'] : null;
  }
  return [written.at(-1) ?? '', own].filter((text) => text !== '').join(',') || undefined;
}

function chartAttributes(values: ChartValues, context: TemplateContext): string[] {
  const at = (...path: readonly string[]) => values.at('presets', 'resourceDetection', ...path);
  if (!isTrue(at('enabled'))) {
    return [];
  }
  const node = isTrue(at('k8sNodeName', 'enabled')) ? ['k8s.node.name=$(K8S_NODE_NAME)'] : [];
  const environment = [
    ['presets', 'resourceDetection', 'deploymentEnvironmentName'],
    ['global', 'deploymentEnvironmentName'],
    ['global', 'clusterName'],
  ].find((path) => values.has(...path));
  const text = environment === undefined ? '' : wantText(values.at(...environment), '.', environment);
  const name = textWithTemplates(text, context);
  return [
    ...node,
    ...(name === '' ? [] : [`deployment.environment.name=${name}`]),
    ...cloudAttributes(values, isTrue(at('detectors')) && isTrue(at('detectors', 'cloud'))),
  ];
}

/** Where pods cannot ask the cloud that they run in. */
function cloudAttributes(values: ChartValues, hasDetectors: boolean): string[] {
  const { distribution } = values;
  if (values.provider('resourceDetection') !== 'aws' || hasDetectors) {
    return [];
  }
  const isBlind = values.isKubernetes && values.mode !== 'daemonset';
  const platform =
    distribution === 'ecs'
      ? 'aws_ecs'
      : distribution === 'eks/fargate' || (isBlind && distribution.startsWith('eks'))
        ? 'aws_eks'
        : isBlind
          ? 'aws_ec2'
          : undefined;
  return platform === undefined ? [] : ['cloud.provider=aws', `cloud.platform=${platform}`];
}
