import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { run } from '../parts/process.ts';
import { builtPodhost } from './built-podhost.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const example = join(repository, 'config', 'dataprime-demo.yaml');

/** What is different from the example system: paths into its configuration, and the values there (undefined: nothing). */
export type ConfigChange = readonly (readonly [path: readonly (string | number)[], value: unknown])[];

/** The collector as manifests, sending plain OTLP to a port of this machine, and pods of one service on both nodes. */
export const asManifests = (sinkPort: number, loadBalancing: boolean): ConfigChange => [
  [['collector', 'delivery'], 'manifests'],
  [['collector', 'export'], { type: 'otlp', endpoint: `127.0.0.1:${sinkPort}`, insecure: true }],
  [['collector', 'loadBalancing', 'enabled'], loadBalancing],
  ...['query-service', 'frontend'].map((name) => [['services', indexOf(name), 'replicas'], 2] as const),
];

/** Synthesizes a changed example system with the project's own command; returns the folder to apply. */
export async function synthesize(folder: string, name: string, change: ConfigChange = []): Promise<string> {
  const config = parseDocument(readFileSync(example, 'utf8'));
  for (const [path, value] of change) {
    if (value === undefined) config.deleteIn(path);
    else config.setIn(path, config.createNode(value));
  }
  const file = join(folder, `${name}.yaml`);
  const output = join(folder, name);
  writeFileSync(file, config.toString());
  const command = [builtPodhost, 'synth', '--config', file, '--output', output];
  const { exitCode, stdout, stderr } = await run(process.execPath, command, { cwd: repository });
  if (exitCode !== 0) throw new Error(`podhost synth: exit status ${exitCode}\n${stdout}${stderr}`);
  return output;
}

/** Place of a service in the example's list. */
export function indexOf(service: string): number {
  const services: unknown = parseDocument(readFileSync(example, 'utf8')).toJS().services;
  const index = Array.isArray(services) ? services.findIndex(({ name }) => name === service) : -1;
  if (index < 0) throw new Error(`the example has no service ${service}`);
  return index;
}
