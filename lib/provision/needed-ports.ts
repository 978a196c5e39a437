import type { SystemConfig } from '../config/schema/system.ts';

/** Ports of the node that k3s and the collector's agent take. */
const always = [
  [80, 'Traefik, http'],
  [443, 'Traefik, https'],
  [4317, 'the agent, OTLP over gRPC'],
  [4318, 'the agent, OTLP over HTTP'],
  [6443, 'the API server'],
  [10250, 'the kubelet'],
] as const;

/** Ports of the node that a system needs, and what for. */
export const neededPorts = ({ services }: SystemConfig): ReadonlyMap<number, string> =>
  new Map<number, string>([
    ...always,
    ...services.flatMap(({ name, nodePort }) => (nodePort === undefined ? [] : ([[nodePort, name]] as const))),
  ]);
