import { maskTexts } from '../secrets/mask-secrets.ts';
import { evidenceBundle } from '../verify/bundle/bundle.ts';
import { clusterEvidence } from '../verify/bundle/evidence.ts';
import type { KubeClient } from '../verify/cluster/kube-client.ts';
import type { ClusterSnapshot } from '../verify/cluster/snapshot.ts';
import { changeLines } from '../verify/output/changes.ts';
import { verificationHtml } from '../verify/output/html.ts';
import { verificationJson } from '../verify/output/json.ts';
import { verificationJunit } from '../verify/output/junit.ts';
import { verificationText } from '../verify/output/render-text.ts';
import type { Verification } from '../verify/verification.ts';
import { isScreen, print, printScreen } from './printer.ts';
import { writePage, writeReportFile } from './report-file.ts';
import { keyOfEnvironment } from './verify-coralogix.ts';
import type { VerifyOptions } from './verify-options.ts';

const formats = {
  text: (verification: Verification, { verbose = false }: VerifyOptions) => verificationText(verification, { verbose }),
  json: (verification: Verification) => verificationJson(verification),
  junit: (verification: Verification) => verificationJunit(verification),
};

/** The cluster that a run has read, for the bundle. */
export interface ReadClusterPart {
  readonly client: KubeClient;
  readonly snapshot: ClusterSnapshot;
}

/** Prints a result, and writes the files that were asked for besides. */
export async function printVerification(
  found: Verification,
  options: VerifyOptions,
  cluster: ReadClusterPart | undefined,
): Promise<void> {
  // What is read may hold a secret anywhere.
  const verification = maskTexts(found);
  print(formats[options.format](verification, options));
  if (options.html !== undefined) {
    writePage(options.html, verificationHtml(verification));
  }
  if (options.bundle !== undefined) {
    const evidence = cluster === undefined ? [] : await clusterEvidence(cluster.client, cluster.snapshot);
    const content = evidenceBundle(verification, evidence, [keyOfEnvironment() ?? '']);
    writeReportFile({ path: options.bundle, content, option: '--bundle', mode: 0o600 });
  }
}

/** Shows a result of `--watch`: the whole table anew on a terminal, in a log a line for each change. */
export function showWatched(
  verification: Verification,
  before: Verification | undefined,
  options: VerifyOptions,
): void {
  const masked = maskTexts(verification);
  if (isScreen()) {
    printScreen(
      `${formats.text(masked, options)}\nVerified at ${masked.time}, again in half a minute; Ctrl-C ends it.\n`,
    );
  } else {
    print(
      changeLines(masked, before === undefined ? undefined : maskTexts(before))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}
