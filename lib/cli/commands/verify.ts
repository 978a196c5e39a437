import { loadConfig } from '../../config/load-config.ts';
import type { Model } from '../../model/model.ts';
import { listenForInterrupts } from '../../run/interrupts.ts';
import { KubeClient } from '../../verify/cluster/kube-client.ts';
import { connectionOf } from '../../verify/cluster/kubeconfig.ts';
import { hasOperatorResources, namespacesOnPath } from '../../verify/cluster/namespaces.ts';
import { roleManifests } from '../../verify/cluster/role.ts';
import { type CoralogixClient, QueryBudget } from '../../verify/coralogix/coralogix-client.ts';
import type { SourceName } from '../../verify/hop.ts';
import { Probe } from '../../verify/probe/probe.ts';
import { defaultProbeImage } from '../../verify/probe/probe-job.ts';
import { type Reading, wasRead } from '../../verify/reading.ts';
import { CommittedFiles } from '../../verify/static/manifest-checks.ts';
import { exitStatusOf, type SourceInfo } from '../../verify/verification.ts';
import { askedHops, verifySystem } from '../../verify/verify-system.ts';
import { verifyUntilProven } from '../../verify/wait.ts';
import { watch } from '../../verify/watch.ts';
import { modelNames, modelProps, reportUnread, sourcesOf } from '../model-input.ts';
import { print, report } from '../printer.ts';
import { coralogixOf } from '../verify-coralogix.ts';
import { assertUsage, hopsNamed, optionsGiven, type VerifyOptions } from '../verify-options.ts';
import { printVerification, type ReadClusterPart, showWatched } from '../verify-output.ts';
import { targetsOf } from '../verify-targets.ts';
import { waitDisplay } from '../wait-display.ts';

/**
 * `podhost verify`: proves that the spans of every service arrive, hop by hop.
 *
 * @returns the exit status: 0 all proven, 1 something is broken, 3 something is not proven, or that of a signal
 * @throws PodhostError for a wrong input
 */
export async function verifyCommand(paths: readonly string[], options: VerifyOptions): Promise<number> {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const names = config === undefined ? {} : modelNames(config);
  const props = modelProps(options, names);
  const files = new CommittedFiles(sourcesOf(paths, props.valuesFiles), props);
  reportUnread(files.model);
  const targets = targetsOf(files.model, options.service, paths);
  const isProbed = options.probe === true;
  assertUsage(options);
  const asked = askedHops(hopsNamed(options.only), sourcesNamed(options), optionsGiven(options));
  const namespaces = namespacesOnPath(files.model, targets, config?.collector.namespace);
  if (options.printRole === true) {
    const probed = isProbed ? targets.map(({ namespace }) => namespace) : [];
    print(
      roleManifests(namespaces, {
        probed,
        withKubelets: options.kubelet === true,
        withOperator: hasOperatorResources(files.model),
      }),
    );
    return 0;
  }
  const interrupts = listenForInterrupts(report);
  const display = waitDisplay();
  let probe: Probe | undefined;
  let read: ReadClusterPart | undefined;
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
    if (isProbed && cluster !== undefined && wasRead(cluster)) {
      const image = options.probeImage ?? defaultProbeImage;
      probe = new Probe({
        client: cluster.value,
        image,
        signal: interrupts.signal,
        progress: (message) => report(`probe: ${message}`),
      });
    }
    const verify = () =>
      verifySystem({
        files,
        targets,
        hops: asked,
        cluster,
        namespaces,
        model: names,
        coralogix,
        probe,
        onSnapshot: (snapshot) => {
          // After an interruption the cluster can still be read for a bundle.
          read =
            cluster !== undefined && wasRead(cluster) ? { client: cluster.value.uninterrupted(), snapshot } : undefined;
        },
        sources: sourceInfos(paths, files.model, cluster, coralogix),
      });
    const found =
      options.watch === true
        ? await watch({
            verify,
            show: (verification, before) => showWatched(verification, before, options),
            signal: interrupts.signal,
          })
        : await verifyUntilProven({
            milliseconds: options.wait,
            verify,
            progress: (verification, remaining) => display.show(verification, remaining),
            signal: interrupts.signal,
          });
    display.end();
    if (found === undefined || (interrupts.exitStatus !== undefined && options.watch !== true)) {
      return interrupts.exitStatus ?? 3;
    }
    await printVerification(found, options, read);
    return exitStatusOf(found);
  } finally {
    display.end();
    report(...((await probe?.cleanUp()) ?? []));
    interrupts.release();
  }
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
