import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { configMapBytes, maximumObjectBytes, policiesBytes, secretBytes, variableBytes } from './support/sizes.ts';

/** Longest variable that Linux hands to a process: MAX_ARG_STRLEN, 32 pages. */
const maximumVariableBytes = 128 * 1024;

/** What the API server refuses to keep, and what a container is not started with. */
export const validObjectSize: ConfigRule = {
  id: 'valid-object-size',
  *check({ system }) {
    const objects: (readonly [Located, number, string])[] = [
      [system.at('configMap', 'data'), configMapBytes(system), 'the data of the ConfigMap has'],
      [system.at('secret', 'keys'), secretBytes(system), 'the keys of the Secret have'],
      [system.at('collector', 'loadBalancing', 'policies'), policiesBytes(system), 'the policies have'],
    ];
    for (const [value, bytes, what] of objects) {
      if (bytes > maximumObjectBytes) {
        yield value.finding(
          `${what} ${bytes} bytes together; Kubernetes keeps at most ${maximumObjectBytes} in one object`,
          'write: less, and let the services fetch the rest',
        );
      }
    }
    yield* variables(system);
  },
};

function* variables(system: Located): Iterable<Finding> {
  const data = system.at('configMap', 'data');
  const read = new Set<string>();
  for (const { part, title } of servicesOf(system)) {
    const env = part.get('env');
    const bytes = env.entries().reduce((sum, [name, value]) => sum + variableBytes(name, value), 0);
    for (const [name, value] of env.entries()) {
      yield* oversized(name, value);
    }
    if (bytes > maximumObjectBytes) {
      const message = `the variables of ${title} have ${bytes} bytes together; at most ${maximumObjectBytes} fit into its Deployment`;
      yield env.keyFinding(message, 'write: less, and let the service fetch the rest');
    }
    for (const key of part.get('configKeys').items()) {
      read.add(key.text() ?? '');
    }
  }
  for (const [name, value] of data.entries()) {
    yield* read.has(name) ? oversized(name, value) : [];
  }
}

function* oversized(name: string, value: Located): Iterable<Finding> {
  const bytes = variableBytes(name, value);
  if (bytes > maximumVariableBytes) {
    const message = `the variable ${name} has ${bytes} bytes; Linux starts no process with more than ${maximumVariableBytes}`;
    yield value.keyFinding(message, 'write: less, or mount it as a file');
  }
}
