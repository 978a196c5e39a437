import type { ConfigRule } from './rule.ts';
import { repeats } from './support/repeats.ts';

/** The range of node ports: where it begins, and how many there are. */
const least = 30_000;
const count = 2768;

/** A port of the nodes belongs to one Service of the cluster. */
export const uniqueNodePort: ConfigRule = {
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
