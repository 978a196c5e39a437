import type { BrokenConfig } from './broken-config.ts';

const web = (lines: string) => ({ 'port: 8081': lines });

/** Ports of services, and probes that ask them. */
export const portsCases: readonly BrokenConfig[] = [
  {
    title: 'a node port without a port',
    change: { ...web('«nodePort: 30020'), 'service: web': 'service: api' },
    code: 'config/require-port',
    message: 'nodePort of service web belongs to port, which is not given',
    suggestion: 'add port: …',
  },
  {
    title: 'a health check without a port',
    change: { ...web('«healthPath: /health'), 'service: web': 'service: api' },
    code: 'config/require-port',
    message: 'service web has no port on which /health answers',
    suggestion: 'add port: …',
  },
  {
    title: 'a probe without a port',
    change: { ...web('probes: { readiness: «{ type: grpc } }'), 'service: web': 'service: api' },
    code: 'config/require-port',
    message: 'the readiness probe of service web has no port, and neither has the service',
    suggestion: 'add port: …',
  },
  {
    title: 'a probe that asks a port of another name',
    change: web('ports: [{ name: rpc, port: 8081 }]\n    probes: { liveness: { type: tcp, port: «http } }'),
    code: 'config/require-port',
    message: 'the liveness probe of service web asks port http, which the service does not have',
    suggestion: 'write: rpc',
  },
  {
    title: 'a probe of a type that does not exist',
    change: web('port: 8081\n    probes: { liveness: { type: «https } }'),
    code: 'config/invalid-value',
    message: 'services[1].probes.liveness.type must be none, http, grpc, tcp or exec, not "https"',
    suggestion: 'write: http',
  },
  {
    title: 'two ports of one name',
    change: web('ports: [{ name: rpc, port: 8081 }, { name: «rpc, port: 8082 }]'),
    code: 'config/unique-port',
    message: 'service web has a port rpc in line 40 already',
    suggestion: 'write: rpc-2',
  },
  {
    title: 'one port twice',
    change: web('ports: [{ name: rpc, port: 8081 }, { name: http, port: «8081 }]'),
    code: 'config/unique-port',
    message: 'service web offers port 8081 in line 40 already',
    suggestion: 'write: another port; targetPort may be the same',
  },
  {
    title: 'a node port among several ports that another service has',
    change: web('ports: [{ name: rpc, port: 8081, nodePort: «30010 }]'),
    code: 'config/unique-node-port',
    message: 'nodePort 30010 is taken by the service in line 29',
    suggestion: 'write: 30011',
  },
  {
    title: 'the address of a service without ports',
    change: { ...web('command: [work]'), 'service: web': 'service: «web' },
    code: 'config/require-referred-port',
    message: 'service web has no port, so that it has no address',
    suggestion: 'add port: … to web',
  },
  {
    title: 'the name of a port of the container',
    change: { 'port: 8081': 'port: 8081\n    targetPort: «http' },
    code: 'config/invalid-value',
    message:
      'services[1].targetPort must be the number of the port that the container listens on, from 1 to 65535, not "http"',
    suggestion: 'write: the number of the port that the container listens on, from 1 to 65535',
  },
  {
    title: 'a liveness probe that wants two successes',
    change: { 'port: 8081': 'port: 8081\n    probes: { liveness: { type: tcp, successThreshold: «2 } }' },
    code: 'config/valid-probe-threshold',
    message: 'successThreshold of a liveness probe is 1, not 2',
    suggestion: 'write: 1',
  },
];
