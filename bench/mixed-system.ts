import { toYaml } from '../lib/yaml/to-yaml.ts';
import { serviceName, servicePort, systemOf } from './system-of-size.ts';

const pick = <T>(choices: readonly [T, ...T[]], index: number): T => choices[index % choices.length] ?? choices[0];

/** What teams write into the environment of a service, some of it each. */
const variables: readonly ((index: number) => readonly [name: string, value: string | object])[] = [
  (index) => ['DATABASE_URL', `postgresql://db.bench:5432/${serviceName(index)}?sslmode=require`],
  (index) => ['POOL_SIZE', String(5 + (index % 20))],
  (index) => ['UPSTREAM', { service: serviceName(5 * Math.floor(index / 10)) }],
  (index) => ['KAFKA_TOPICS', `orders.${index},payments.${index}`],
  (index) => ['CACHE', index % 2 === 0 ? 'true' : 'false'],
  (index) => ['FLAGS', `{"beta": ${index % 3 === 0}, "shard": ${index}}`],
  () => ['RUN_OPTIONS', '-Xmx256m -XX:+UseG1GC'],
  (index) => ['LOG_LEVEL', pick(['info', 'debug', 'warn'], index)],
];

const resources: readonly [object, ...object[]] = [
  { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
];

/** A handful of kinds of services, as a system of several teams has them. */
const kinds: readonly ((index: number) => object)[] = [
  (index) => ({ port: servicePort(index), healthPath: '/healthz', replicas: 2 + (index % 4), hardened: true }),
  (index) => ({
    port: servicePort(index),
    probes: { readiness: { type: 'http', path: `/${serviceName(index)}/ready`, periodSeconds: 5 + (index % 10) } },
    autoscaling: { minReplicas: 2, maxReplicas: 4 + (index % 6) },
  }),
  (index) => ({
    ports: [
      { name: 'grpc', port: 9000 },
      { name: 'metrics', port: 9464 },
    ],
    probes: { readiness: { type: 'grpc' }, liveness: { type: 'grpc', failureThreshold: 3 + (index % 3) } },
    replicas: 2 + (index % 3),
  }),
  (index) => ({
    args: ['worker', '--queue', `queue-${index % 50}`],
    replicas: 1,
    annotations: { owner: `team-${index % 8}` },
  }),
  (index) => ({
    kind: 'statefulset',
    port: servicePort(index),
    volumes: [{ name: 'data', mountPath: '/data', claim: { size: `${1 + (index % 10)}Gi` } }],
  }),
];

function service(index: number): object {
  const own = variables.filter((_, at) => (index >> (at % 5)) % 2 === 0 || at === index % variables.length);
  return {
    name: serviceName(index),
    image: `registry.example.com/team-${index % 8}/${serviceName(index)}:2.${index % 30}.${index % 7}`,
    version: `2.${index % 30}.${index % 7}`,
    configKeys: ['FEATURES'],
    secretKeys: index % 3 === 0 ? [] : ['API_KEY'],
    labels: { team: `team-${index % 8}`, tier: pick(['front', 'back', 'batch'], index) },
    resources: pick(resources, index),
    env: Object.fromEntries(own.map((of) => of(index))),
    ...pick([kinds[0] ?? (() => ({})), ...kinds.slice(1)], index)(index),
  };
}

/** A configuration of services as real systems have them: of a few kinds, each with values of its own. */
export function mixedSystem(size: number): string {
  const secret = { name: 'bench-secrets', keys: ['API_KEY'] };
  return toYaml(systemOf({ secret, services: Array.from({ length: size }, (_, index) => service(index)) }));
}
