import { loadConfig } from '../../config/load-config.ts';
import { listenForInterrupts } from '../../run/interrupts.ts';
import { hasOperatorResources } from '../../verify/cluster/namespaces.ts';
import { roleManifests } from '../../verify/cluster/role.ts';
import { QueryBudget } from '../../verify/coralogix/coralogix-client.ts';
import type { SourceName } from '../../verify/hop.ts';
import { Probe } from '../../verify/probe/probe.ts';
import { defaultProbeImage } from '../../verify/probe/probe-job.ts';
import { wasRead } from '../../verify/reading.ts';
import { exitStatusOf } from '../../verify/verification.ts';
import { askedHops, verifySystem } from '../../verify/verify-system.ts';
import { verifyUntilProven } from '../../verify/wait.ts';
import { watch } from '../../verify/watch.ts';
import { modelProps } from '../model-input.ts';
import { print, report } from '../printer.ts';
import { clientOf, readCommittedSystem, sourceInfos } from '../verified-sources.ts';
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
  const { files, names, ...committed } = readCommittedSystem(paths, (names) => modelProps(options, names), config);
  const targets = targetsOf(files.model, options.service, paths);
  const isProbed = options.probe === true;
  assertUsage(options);
  const asked = askedHops(hopsNamed(options.only), sourcesNamed(options), optionsGiven(options));
  const namespaces = committed.namespacesOf(targets);
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
    const cluster = options.cluster ? clientOf({ context: options.context }, interrupts.signal) : undefined;
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
