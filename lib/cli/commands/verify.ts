import { loadConfig } from '../../config/load-config.ts';
import { changeFiles } from '../../files/atomic-write.ts';
import { lookAt } from '../../files/present-file.ts';
import type { Model } from '../../model/model.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { listenForInterrupts } from '../../run/interrupts.ts';
import { maskTexts } from '../../secrets/mask-secrets.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { KubeClient } from '../../verify/cluster/kube-client.ts';
import { connectionOf } from '../../verify/cluster/kubeconfig.ts';
import { namespacesOnPath } from '../../verify/cluster/namespaces.ts';
import { roleManifests } from '../../verify/cluster/role.ts';
import { type CoralogixClient, QueryBudget } from '../../verify/coralogix/coralogix-client.ts';
import { type HopId, hops, type SourceName } from '../../verify/hop.ts';
import { verificationHtml } from '../../verify/output/html.ts';
import { verificationJson } from '../../verify/output/json.ts';
import { verificationJunit } from '../../verify/output/junit.ts';
import { verificationText } from '../../verify/output/render-text.ts';
import { type Reading, wasRead } from '../../verify/reading.ts';
import { CommittedFiles } from '../../verify/static/manifest-checks.ts';
import { exitStatusOf, type SourceInfo, type Verification } from '../../verify/verification.ts';
import { askedHops, verifySystem } from '../../verify/verify-system.ts';
import { verifyUntilProven } from '../../verify/wait.ts';
import { modelNames, reportUnread, sourcesOf } from '../model-input.ts';
import { print, report } from '../printer.ts';
import { coralogixOf } from '../verify-coralogix.ts';
import { targetsOf } from '../verify-targets.ts';
import { waitDisplay } from '../wait-display.ts';
import { fromWorkingFolder } from '../working-folder.ts';

export interface VerifyOptions {
  /** Files that are values whatever they look like. */
  readonly values: readonly string[];
  readonly config?: readonly string[];
  readonly context?: string;
  readonly cluster: boolean;
  readonly coralogix: boolean;
  readonly apiHost?: string;
  readonly service: readonly string[];
  readonly only: readonly string[];
  /** Milliseconds. */
  readonly wait: number;
  readonly format: 'text' | 'json' | 'junit';
  readonly verbose?: boolean;
  /** File to write the page to. */
  readonly html?: string;
  readonly printRole?: boolean;
}

/**
 * `podhost verify`: proves that the spans of every service arrive, hop by hop.
 *
 * @returns the exit status: 0 all proven, 1 something is broken, 3 something is not proven, or that of a signal
 * @throws PodhostError for a wrong input
 */
export async function verifyCommand(paths: readonly string[], options: VerifyOptions): Promise<number> {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const valuesFiles = options.values.map(fromWorkingFolder);
  const names = config === undefined ? {} : modelNames(config);
  const files = new CommittedFiles(sourcesOf(paths, valuesFiles), { valuesFiles, areLayers: true, ...names });
  reportUnread(files.model);
  const targets = targetsOf(files.model, options.service, paths);
  const asked = askedHops(hopsNamed(options.only), sourcesNamed(options));
  const namespaces = namespacesOnPath(files.model, targets, config?.collector.namespace);
  if (options.printRole === true) {
    print(roleManifests(namespaces));
    return 0;
  }
  const interrupts = listenForInterrupts(report);
  const display = waitDisplay();
  try {
    const cluster = options.cluster ? clientOf(options.context, interrupts.signal) : undefined;
    const coralogix = options.coralogix
      ? coralogixOf({
          model: files.model,
          config,
          apiHost: options.apiHost,
          signal: interrupts.signal,
          budget: new QueryBudget(),
        })
      : undefined;
    const verify = () =>
      verifySystem({
        files,
        targets,
        hops: asked,
        cluster,
        namespaces,
        model: names,
        coralogix,
        sources: sourceInfos(paths, files.model, cluster, coralogix),
      });
    const found = await verifyUntilProven({
      milliseconds: options.wait,
      verify,
      progress: (verification, remaining) => display.show(verification, remaining),
      signal: interrupts.signal,
    });
    display.end();
    if (interrupts.exitStatus !== undefined) {
      return interrupts.exitStatus;
    }
    const verification = masked(found);
    print(formats[options.format](verification, options));
    if (options.html !== undefined) {
      const present = lookAt(options.html, 0);
      const seen = present.kind === 'file' ? present.stamp : undefined;
      const content = verificationHtml(verification);
      changeFiles([{ path: options.html, content, seen }], { otherwise: 'another file by --html' });
    }
    return exitStatusOf(verification);
  } finally {
    display.end();
    interrupts.release();
  }
}

const formats = {
  text: (verification: Verification, { verbose = false }: VerifyOptions) => verificationText(verification, { verbose }),
  json: (verification: Verification) => verificationJson(verification),
  junit: (verification: Verification) => verificationJunit(verification),
};

/** What is read may hold a secret anywhere. */
const masked = (verification: Verification): Verification => maskTexts(verification);

function hopsNamed(only: readonly string[]): HopId[] {
  const ids: readonly HopId[] = hops.map(({ id }) => id);
  const written = only.flatMap((each) => each.split(',')).filter((each) => each !== '');
  const wrong = written.find((each) => !ids.some((id) => id === each));
  if (wrong !== undefined) {
    const meant = didYouMean(wrong, ids);
    throw new PodhostError([
      {
        code: 'verify/no-hop',
        message: `there is no hop ${wrong}: there are ${ids.join(', ')}`,
        suggestion: meant === undefined ? 'name one of them by --only' : `write: --only ${meant}`,
      },
    ]);
  }
  return ids.filter((id) => written.includes(id));
}

const sourcesNamed = ({ cluster, coralogix }: VerifyOptions): SourceName[] => [
  'files',
  ...(cluster ? (['cluster'] as const) : []),
  ...(coralogix ? (['coralogix'] as const) : []),
];

function clientOf(context: string | undefined, signal: AbortSignal): Reading<KubeClient> {
  const connection = connectionOf(context);
  return wasRead(connection) ? { value: new KubeClient({ connection: connection.value, signal }) } : connection;
}

function sourceInfos(
  paths: readonly string[],
  model: Model,
  cluster: Reading<KubeClient> | undefined,
  coralogix: Reading<CoralogixClient> | undefined,
): SourceInfo[] {
  const described = <T>(name: string, reading: Reading<T> | undefined, describe: (value: T) => string): SourceInfo => ({
    name,
    description:
      reading === undefined ? 'not asked' : wasRead(reading) ? describe(reading.value) : `not read: ${reading.unread}`,
  });
  return [
    { name: 'files', description: `${paths.join(' ')} (${model.files.length} files)` },
    described('cluster', cluster, ({ connection }) => `context ${connection.context} (${connection.server})`),
    described('coralogix', coralogix, ({ host }) => `${host}, the last 15 minutes`),
  ];
}
