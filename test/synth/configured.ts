import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type LoadedSystem, loadSystem } from '../../lib/config/load-system.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { filesOfAll, type SystemFiles, systemFiles } from '../../lib/synth/system-files.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A configuration with what every one has. */
export function loaded(config: object): LoadedSystem {
  const folder = temporaryFolder();
  const file = join(folder, 'system.yaml');
  writeFileSync(
    file,
    toYaml({
      ...{ name: 'shop', namespace: 'shop', environment: 'production', clusterName: 'shop' },
      coralogix: { domain: 'eu2.coralogix.com', applicationName: 'shop' },
      configMap: { name: 'shop-config', data: {} },
      ...config,
    }),
  );
  return loadSystem(file);
}

/** What is synthesized, or why nothing is. */
export function outcome(synthesize: (loaded: LoadedSystem) => SystemFiles, system: LoadedSystem): unknown {
  try {
    return synthesize(system).files.map(({ path, content }) => ({ path, content }));
  } catch (error) {
    return error instanceof PodhostError ? error.problems : String(error);
  }
}

/** That it makes no difference whether each service is constructed. */
export const expectSame = (system: LoadedSystem) =>
  expect(outcome(systemFiles, system)).toEqual(outcome(filesOfAll, system));

export const numbered = (name: string, index: number, more: object = {}) => ({
  name: `${name}-${index}`,
  image: `registry.example.com/${name}-${index}:1.0.${index}`,
  port: 20_000 + index,
  ...more,
});

export const several = (more: object = {}, name = 'worker') =>
  Array.from({ length: 5 }, (_, index) => numbered(name, index, more));
