import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Kubectl, succeed } from '../cluster/kubectl.ts';

/** One object of the cluster, as kubectl names it. */
export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const ids = z.array(z.string());
const collectorConfiguration = z.looseObject({
  service: z.looseObject({
    pipelines: z.record(z.string(), z.looseObject({ receivers: ids, processors: ids, exporters: ids })),
  }),
  connectors: z.record(z.string(), z.unknown()).optional(),
});
const configMap = z.looseObject({ data: z.record(z.string(), z.string()) });

export type CollectorConfigurationText = z.output<typeof collectorConfiguration>;

/**
 * Replaces text in an object.
 *
 * @throws Error when the text is not there: then the change would change nothing
 */
export async function changeText(kubectl: Kubectl, object: ObjectName, from: string, to: string): Promise<void> {
  const text = await succeed(kubectl.kubectl, ['get', ...named(object), '--output', 'json']);
  if (!text.includes(from)) throw new Error(`${object.kind} ${object.name} has no ${from}`);
  await succeed(kubectl.kubectl, ['replace', '--filename', '-'], { input: text.replaceAll(from, to) });
}

/** Changes the collector's configuration in a ConfigMap. */
export async function changeConfiguration(
  { kubectl, kubectlJson }: Kubectl,
  object: ObjectName,
  change: (configuration: CollectorConfigurationText) => void,
): Promise<void> {
  const found = await kubectlJson(['get', ...named(object)], configMap);
  for (const [file, text] of Object.entries(found.data)) {
    const configuration = collectorConfiguration.parse(parse(text));
    change(configuration);
    found.data[file] = stringify(configuration);
  }
  await succeed(kubectl, ['replace', '--filename', '-'], { input: JSON.stringify(found) });
}

export const remove = async ({ kubectl }: Kubectl, object: ObjectName): Promise<void> => {
  await succeed(kubectl, ['delete', ...named(object)]);
};

/** Brings what a file describes back to what was synthesized. */
export const restore = async ({ kubectl }: Kubectl, dist: string, file: string): Promise<void> => {
  await succeed(kubectl, ['apply', '--filename', join(dist, file)]);
};

/** Waits until the pods of a workload are those of its present template. */
export const rolledOut = async ({ kubectl }: Kubectl, object: ObjectName): Promise<void> => {
  const { kind, name, namespace = 'default' } = object;
  await succeed(kubectl, ['rollout', 'status', kind, name, '--namespace', namespace, '--timeout=60s']);
};

const named = ({ kind, name, namespace }: ObjectName): string[] => [
  kind,
  name,
  ...(namespace === undefined ? [] : ['--namespace', namespace]),
];
