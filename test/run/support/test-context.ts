import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { loadSystem } from '../../../lib/config/load-system.ts';
import type { CommandRunner } from '../../../lib/run/command/command.ts';
import type { DeployContext } from '../../../lib/run/context.ts';
import { createContext } from '../../../lib/run/context.ts';
import { minimal } from '../../config/minimal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface TestContextProps {
  readonly runner: CommandRunner;
  /** Section `deploy` of the configuration. */
  readonly deploy?: object;
  /** Section `gitops` of the configuration. */
  readonly gitops?: object;
  /** Section `collector` of the configuration. */
  readonly collector?: object;
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly pruneVolumes?: boolean;
  /** What is answered to every question. */
  readonly answer?: boolean;
  /** Manifests by file name. */
  readonly dist?: Readonly<Record<string, string>>;
}

/** What the steps are told, of a small system named shop. */
export function testContext(props: TestContextProps): DeployContext {
  const folder = temporaryFolder();
  const configFile = join(folder, 'shop.yaml');
  const config = parseDocument(minimal);
  config.set('deploy', config.createNode(props.deploy ?? {}));
  if (props.gitops !== undefined) {
    config.set('gitops', config.createNode(props.gitops));
  }
  if (props.collector !== undefined) {
    config.set('collector', config.createNode(props.collector));
  }
  writeFileSync(configFile, config.toString());
  const dist = mkdtempSync(join(folder, 'dist-'));
  for (const [name, content] of Object.entries(props.dist ?? {})) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), content);
  }
  return createContext({
    ...loadSystem(configFile),
    configFile,
    dist,
    runner: props.runner,
    environment: props.environment ?? {},
    signal: props.signal ?? new AbortController().signal,
    stateFolder: folder,
    migrate: false,
    pruneVolumes: props.pruneVolumes ?? false,
    steps: [],
    report: () => {},
    confirm: async () => props.answer ?? true,
  });
}
