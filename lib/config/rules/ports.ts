import { oneOf } from '../../text/list.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { pathname } from '../shape/pathname.ts';
import { valuesOf } from './listed-variables.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, hasPorts, servicesOf, servicesWith } from './system-parts.ts';

/** The range of node ports: where it begins, and how many there are. */
const least = 30_000;
const count = 2768;

/** A port of the nodes belongs to one Service of the cluster. */
const uniqueNodePort: ConfigRule = {
  id: 'unique-node-port',
  *check({ system }) {
    const ports = servicesWith(system, 'nodePort', 'ports')
      .flatMap(({ part }) => [part, ...part.get('ports').items()])
      .map((port) => port.get('nodePort'));
    const taken = new Set(ports.map((port) => Number(port.text())));
    for (const { value, text, first } of repeats(ports)) {
      const free = freePort(Number(text), taken);
      const message = `nodePort ${text} is taken by the service in line ${first.place.line}`;
      if (free === undefined) {
        yield value.finding(message, `remove it: all ${count} ports from ${least} to ${least + count - 1} are taken`);
      } else {
        taken.add(free);
        yield value.finding(message, `write: ${free}`);
      }
    }
  },
};

/** The next free port after one, within the range of node ports. */
function freePort(after: number, taken: ReadonlySet<number>): number | undefined {
  for (let step = 1; step < count; step += 1) {
    const port = least + ((after - least + step) % count);
    if (!taken.has(port)) {
      return port;
    }
  }
  return undefined;
}

/** The ports of a Service have different names, and offer different ports. */
const uniquePort: ConfigRule = {
  id: 'unique-port',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'ports')) {
      const entries = part.get('ports').items();
      const names = repeats(entries.map((entry) => entry.get('name')));
      for (const { value, text, first } of names) {
        yield value.finding(`${title} has a port ${text} in line ${first.place.line} already`, `write: ${text}-2`);
      }
      const numbers = new Map<string, Located>();
      for (const entry of [part, ...entries]) {
        const port = entry.get('port');
        const key = `${port.text()} ${entry.get('protocol').text() ?? 'TCP'}`;
        const first = numbers.get(key);
        if (port.text() !== undefined && first !== undefined) {
          const message = `${title} offers port ${port.text()} in line ${first.place.line} already`;
          yield port.finding(message, 'write: another port; targetPort may be the same');
        }
        numbers.set(key, first ?? port);
      }
    }
  },
};

/** What belongs to a port needs one. */
const requirePort: ConfigRule = {
  id: 'require-port',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'targetPort', 'nodePort', 'healthPath', 'probes')) {
      if (part.get('port').kind === 'absent') {
        for (const key of ['targetPort', 'nodePort']) {
          if (part.get(key).kind !== 'absent') {
            yield part.get(key).keyFinding(`${key} of ${title} belongs to port, which is not given`, 'add port: …');
          }
        }
      }
      if (hasPorts(part)) {
        yield* unknownProbePorts(part, title);
        continue;
      }
      const healthPath = part.get('healthPath');
      if (healthPath.kind !== 'absent') {
        yield healthPath.keyFinding(`${title} has no port on which ${healthPath.text()} answers`, 'add port: …');
      }
      for (const [name, probe] of part.get('probes').entries()) {
        const type = probe.get('type').text() ?? '';
        if (['http', 'grpc', 'tcp'].includes(type) && probe.get('port').kind === 'absent') {
          yield probe.finding(`the ${name} probe of ${title} has no port, and neither has the service`, 'add port: …');
        }
      }
    }
  },
};

/** Kubernetes takes one success for probes that start or restart a container. */
const validProbeThreshold: ConfigRule = {
  id: 'valid-probe-threshold',
  *check({ system }) {
    for (const part of [system.get('serviceDefaults'), ...servicesWith(system, 'probes').map(({ part: of }) => of)]) {
      for (const name of ['startup', 'liveness']) {
        const threshold = part.at('probes', name, 'successThreshold');
        if (!['1', undefined].includes(threshold.text())) {
          yield threshold.finding(`successThreshold of a ${name} probe is 1, not ${threshold.text()}`, 'write: 1');
        }
      }
    }
  },
};

function* unknownProbePorts(service: Located, title: string): Iterable<Finding> {
  const names = service
    .get('ports')
    .items()
    .flatMap((port) => port.get('name').text() ?? []);
  const known = service.get('port').kind === 'absent' ? names : [...names, 'http', 'grpc'];
  for (const [name, probe] of service.get('probes').entries()) {
    const port = probe.get('port').text();
    if (port !== undefined && !/^\d+$/.test(port) && !known.includes(port)) {
      const message = `the ${name} probe of ${title} asks port ${port}, which the service does not have`;
      yield probe.get('port').finding(message, `write: ${oneOf(known)}`);
    }
  }
}

/** Where the port of an address stands, by what the address looks like. */
const ports = {
  url: /^[a-z][a-z0-9+.-]*:\/\/(?:[^\s/?#@]*@)?(?:\[[^\s\]]*\]|[^\s/?#:@]*):(\d+)(?![^\s/?#,])/i,
  hostPort: /:(\d+)$/,
  image: /^[^/\s]*:(\d+)\//,
} as const;

/** A port of 16 bits that is none of the operating system's choosing. */
const maximumPort = 65_535;

/** No program listens on a port that does not exist. Ports that are numbers of their own have the schema's bounds. */
const validPort: ConfigRule = {
  id: 'valid-port',
  *check({ system }) {
    for (const [address, form] of addressesOf(system)) {
      const digits = ports[form].exec(address.text() ?? '')?.[1];
      if (digits !== undefined && !isPort(digits)) {
        const port = digits.length > 10 ? `${digits.slice(0, 10)}…` : digits;
        yield address.finding(
          `${pathname(address.path)} names port ${port}, which does not exist`,
          `write: a port from 1 to ${maximumPort}`,
        );
      }
    }
  },
};

const isPort = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= maximumPort;

const addressesOf = (system: Located): (readonly [Located, keyof typeof ports])[] => [
  ...[
    ...valuesOf(system),
    system.at('gitops', 'repository'),
    system.at('deploy', 'chartRepository'),
    system.at('deploy', 'k3s', 'installer'),
    system.at('ingress', 'certificate', 'acme', 'server'),
  ].map((address) => [address, 'url'] as const),
  [system.at('collector', 'export', 'endpoint'), 'hostPort'],
  ...[
    ...[...servicesOf(system), ...datastoresOf(system)].map(({ part }) => part.get('image')),
    system.at('deploy', 'images', 'registry'),
  ].map((image) => [image, 'image'] as const),
];

export const portRules: readonly ConfigRule[] = [
  requirePort,
  uniqueNodePort,
  uniquePort,
  validPort,
  validProbeThreshold,
];
