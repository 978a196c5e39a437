import { toYaml } from '../../../lib/yaml/to-yaml.ts';

/** A pod of namespace `demo` whose container has these settings. */
export const podWith = (container: object, spec: object = {}): string =>
  toYaml({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'app', namespace: 'demo', labels: { app: 'app' } },
    spec: { ...spec, containers: [{ name: 'app', ...container }] },
  });

/** A ConfigMap or a Secret of namespace `demo`. */
export const dataOf = (kind: 'ConfigMap' | 'Secret', name: string, data: object): string =>
  toYaml({ apiVersion: 'v1', kind, metadata: { name, namespace: 'demo' }, data });

/** One file of several documents. */
export const documents = (...texts: readonly string[]): string => texts.join('---\n');
