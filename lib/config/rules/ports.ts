import type { Located } from '../reading/located.ts';
import { pathname } from '../shape/pathname.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, servicesOf } from './system-parts.ts';

/** The range of node ports: where it begins, and how many there are. */
const least = 30_000;
const count = 2768;

/** A port of the nodes belongs to one Service of the cluster. */
const uniqueNodePort: ConfigRule = {
  id: 'unique-node-port',
  *check({ system }) {
    const ports = system
      .get('services')
      .items()
      .map((service) => service.get('nodePort'));
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
  ...variablesOf(system).map((value) => [value, 'url'] as const),
  ...[
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

/** Values that containers read; most of them are no addresses. */
const variablesOf = (system: Located): Located[] =>
  [system.at('configMap', 'data'), ...servicesOf(system).map(({ part }) => part.get('env'))].flatMap((variables) =>
    variables.entries().map(([, value]) => value),
  );

export const portRules: readonly ConfigRule[] = [uniqueNodePort, validPort];
