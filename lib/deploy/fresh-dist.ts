import { existsSync } from 'node:fs';
import { App } from 'cdk8s';
import { podhost } from '../command-name.ts';
import type { LoadedSystem } from '../config/loaded-system.ts';
import { System } from '../constructs/system.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import { outputChanges } from '../synth/output-changes.ts';
import { renderApp } from '../synth/render-app.ts';
import { firstFew } from '../text/list.ts';
import { operand, run, sh } from '../text/shell.ts';

/**
 * Refuses a folder that is not what the configuration synthesizes: what was reviewed is what is deployed.
 *
 * @throws PodhostError
 */
export function assertFreshDist(loaded: LoadedSystem, dist: string, configFile: string): void {
  const suggestion = run(sh`${podhost} synth --config ${operand(configFile)} --output ${operand(dist)}`);
  if (!existsSync(dist)) {
    throw new PodhostError([{ code: 'deploy/no-dist', message: `${dist} does not exist`, suggestion }]);
  }
  const app = new App({ outdir: dist, recordConstructMetadata: false });
  new System(app, 'System', loaded);
  const { write, remove } = outputChanges(dist, renderApp(app));
  const different = [...write.map(({ path }) => path), ...remove];
  if (different.length > 0) {
    const message = `${dist} is not what ${configFile} synthesizes: ${firstFew(different, 5)}`;
    throw new PodhostError([{ code: 'deploy/stale-dist', message, suggestion }]);
  }
}
