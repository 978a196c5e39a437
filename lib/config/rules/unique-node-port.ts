import type { Rule } from './rule.ts';
import { repeats } from './support/repeats.ts';

/** A port of the nodes belongs to one Service of the cluster. */
export const uniqueNodePort: Rule = {
  id: 'unique-node-port',
  *check({ system }) {
    const ports = system
      .get('services')
      .items()
      .map((service) => service.get('nodePort'));
    const taken = new Set(ports.map((port) => Number(port.text())));
    for (const { value, text, first } of repeats(ports)) {
      const free = freePort(Number(text), taken);
      taken.add(free);
      const message = `nodePort ${text} is taken by the service in line ${first.place.line}`;
      yield value.finding(message, `write: ${free}`);
    }
  },
};

/** The next port after one that nobody has, within the range of node ports. */
function freePort(after: number, taken: ReadonlySet<number>): number {
  const first = 30000;
  const count = 2768;
  for (let step = 1; step < count; step += 1) {
    const port = first + ((after - first + step) % count);
    if (!taken.has(port)) {
      return port;
    }
  }
  return after;
}
