import { k8s } from 'cdk8s-plus-27';
import type { InstrumentedServiceProps } from './instrumented-service-props.ts';
import type { ServicePortProps } from './service-extent.ts';

/** Name of the container that the service runs in. */
export const containerNameOf = ({
  name,
  containerName,
}: Pick<InstrumentedServiceProps, 'name' | 'containerName'>): string => containerName ?? name;

/** The ports of a service: `ports`, or the single `port` under the name of what its probes speak. */
export function portsOf({
  port,
  targetPort,
  nodePort,
  ports = [],
  probes,
}: Pick<InstrumentedServiceProps, 'port' | 'targetPort' | 'nodePort' | 'ports' | 'probes'>): ServicePortProps[] {
  const speaksGrpc = [probes?.readiness, probes?.liveness, probes?.startup].some(
    (probe) => probe !== undefined && probe !== 'none' && probe.grpc !== undefined,
  );
  return port === undefined
    ? [...ports]
    : [{ name: speaksGrpc ? 'grpc' : 'http', port, targetPort, nodePort }, ...ports];
}

const transport = ({ protocol }: ServicePortProps) => (protocol === 'TCP' ? undefined : protocol);

const isSameTarget = (one: ServicePortProps, other: ServicePortProps): boolean =>
  targetPortOf(one) === targetPortOf(other) && transport(one) === transport(other);

/** Port that the container listens on. */
export const targetPortOf = ({ port, targetPort }: ServicePortProps): number => targetPort ?? port;

/** Ports of the container: each once, also where the Service offers it under several. */
export const containerPortsOf = (ports: readonly ServicePortProps[]): k8s.ContainerPort[] =>
  ports
    .filter((port, index) => ports.findIndex((other) => isSameTarget(port, other)) === index)
    .map((port) => ({ name: port.name, containerPort: targetPortOf(port), protocol: transport(port) }));

/** Ports of the Service, which lead to those of the container by name. */
export const serviceObjectPorts = (ports: readonly ServicePortProps[]): k8s.ServicePort[] =>
  ports.map((port) => ({
    name: port.name,
    port: port.port,
    targetPort: k8s.IntOrString.fromString(ports.find((other) => isSameTarget(port, other))?.name ?? port.name),
    protocol: transport(port),
    appProtocol: port.appProtocol,
    nodePort: port.nodePort,
  }));
