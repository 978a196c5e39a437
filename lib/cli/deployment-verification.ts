import { podhostWords } from '../command-name.ts';
import { configFlags } from '../config/config-files.ts';
import type { Session } from '../deploy/session.ts';
import { hasSdk, sendersOf } from '../model/path/sender.ts';
import type { Command } from '../run/command/command.ts';
import { commandWords } from '../run/command/shell-line.ts';
import type { DeployContext } from '../run/context.ts';
import type { PlannedStep } from '../run/plan.ts';
import { collectorTimeoutSeconds, deliveryTimeoutSeconds } from '../run/verification.ts';
import { maskTexts } from '../secrets/mask-secrets.ts';
import { type CoralogixClient, QueryBudget } from '../verify/coralogix/coralogix-client.ts';
import { verificationText } from '../verify/output/render-text.ts';
import { type Reading, wasRead } from '../verify/reading.ts';
import type { Verification } from '../verify/verification.ts';
import { askedHops, isSettling, verifySystem } from '../verify/verify-system.ts';
import { verifyUntilProven } from '../verify/wait.ts';
import { inputProps } from './model-input.ts';
import { print, report } from './printer.ts';
import { clientOf, readCommittedSystem, sourceInfos } from './verified-sources.ts';
import { coralogixOf } from './verify-coralogix.ts';
import { targetsOf } from './verify-targets.ts';
import { waitDisplay } from './wait-display.ts';

/** Spans take minutes to arrive in Coralogix. */
const spansMinutes = 10;

/** Time between two runs: controllers react within seconds, and queries in Coralogix are limited. */
const intervalMilliseconds = { cluster: 5_000, coralogix: 15_000 };

/** The same verification as a command of its own. */
export const verifyCommandLine = (
  { config, configFile, dist, kubeconfig }: Pick<DeployContext, 'config' | 'configFile' | 'dist' | 'kubeconfig'>,
  flags: readonly string[] = [],
): Command => {
  const [program, ...words] = podhostWords;
  const context = config.deploy.context === undefined ? [] : ['--context', config.deploy.context];
  return {
    program,
    args: [...words, 'verify', dist, ...configFlags(configFile), ...context, ...flags, '--wait', `${spansMinutes}m`],
    ...(kubeconfig === undefined ? {} : { env: { KUBECONFIG: kubeconfig } }),
  };
};

/** Adds to the planned step `verify` the command that verifies the hops. */
export function withHops(steps: readonly PlannedStep[], context: DeployContext, hasKey: boolean): PlannedStep[] {
  // Without a key the hops in Coralogix stay unproven, and the script would fail.
  const commands = [verifyCommandLine(context, hasKey ? [] : ['--no-coralogix'])];
  const action = { action: { title: 'Verify every hop of the spans', commands } };
  return steps.map((step) => (step.name === 'verify' ? { ...step, actions: [...step.actions, action] } : step));
}

/**
 * Verifies every hop of what was deployed, and prints the result.
 *
 * @returns the exit status: 0 nothing is broken, 1 a hop is broken, 3 the cluster was not read or something stayed in
 * transition, or that of a signal
 */
export async function verifyDeployment({ context, interrupts, hide }: Session): Promise<number> {
  const { config, dist, kubeconfig } = context;
  const { signal } = interrupts;
  const paths = [dist];
  const { files, names, namespacesOf } = readCommittedSystem(
    paths,
    (modelled) => inputProps({ values: [] }, modelled),
    config,
  );
  if (!sendersOf(files.model).some(hasSdk)) {
    report(`No hop was verified: no container in ${dist} has an SDK that sends spans.`);
    return 0;
  }
  const targets = targetsOf(files.model, [], paths);
  const cluster = clientOf({ context: config.deploy.context, kubeconfig }, signal);
  const coralogix = coralogixOf({ model: files.model, config, apiHost: undefined, signal, budget: new QueryBudget() });
  let wasClusterRead = false;
  const verify = () =>
    verifySystem({
      files,
      targets,
      hops: askedHops([], ['files', 'cluster', 'coralogix']),
      cluster,
      namespaces: namespacesOf(targets),
      model: names,
      coralogix,
      onSnapshot: () => {
        wasClusterRead = true;
      },
      sources: sourceInfos(paths, files.model, cluster, coralogix),
    });
  const display = waitDisplay();
  try {
    const found = await verifyUntilProven({
      milliseconds: (verification) => patienceSeconds(verification, context) * 1_000,
      intervalMilliseconds: wasRead(coralogix) ? intervalMilliseconds.coralogix : intervalMilliseconds.cluster,
      verify,
      isOpen: isSettling,
      progress: (verification, remaining) => display.show(maskTexts(verification), remaining),
      signal,
    });
    display.end();
    if (signal.aborted) {
      report('Stopped in the verification: everything was deployed, and not every hop was verified. To verify, run:');
      report(`  ${commandWords(verifyCommandLine(context))}`);
      return interrupts.exitStatus ?? 3;
    }
    const status = deployedStatus(found, wasClusterRead);
    print(hide(verificationText(maskTexts(found), { verbose: false, exitStatus: status })));
    if (found.headline.verdict !== 'proven') {
      report(remainder(found, wasClusterRead), ...howToGoOn(coralogix));
      report(`  ${commandWords(verifyCommandLine(context))}`);
    }
    return status;
  } finally {
    display.end();
  }
}

/** How long it is waited for what is not proven yet. */
function patienceSeconds({ rows }: Verification, context: DeployContext): number {
  const open = rows
    .flatMap(({ cells }) => cells)
    .filter(({ status }) => status === 'broken' || status === 'transition');
  const inCluster = open.filter(({ hop }) => hop.source === 'cluster');
  if (inCluster.some(({ status }) => status === 'broken')) {
    return collectorTimeoutSeconds(context);
  }
  const rollout = inCluster.length === 0 ? 0 : deliveryTimeoutSeconds(context);
  return open.length > inCluster.length ? Math.max(spansMinutes * 60, rollout) : rollout;
}

/** The exit status of a deployment: what cannot be checked, e.g. without a key, does not make it fail. */
export function deployedStatus(found: Pick<Verification, 'rows' | 'headline'>, wasClusterRead: boolean): 0 | 1 | 3 {
  if (found.headline.verdict === 'broken') {
    return 1;
  }
  return !wasClusterRead || isSettling(found) ? 3 : 0;
}

function remainder({ headline, rows }: Verification, wasClusterRead: boolean): string {
  if (headline.verdict === 'broken') {
    return 'The system was deployed, but a hop is broken.';
  }
  if (!wasClusterRead) {
    return 'The system was deployed, but the API server cannot be read from here: verify it from a machine that reaches it.';
  }
  if (isSettling({ rows })) {
    return 'The system was deployed, but a hop is still in transition.';
  }
  const open = rows.flatMap(({ cells }) => cells).filter(({ status }) => status === 'unchecked').length;
  return `Nothing is broken; ${open} ${open === 1 ? 'statement was' : 'statements were'} not checked.`;
}

const howToGoOn = (coralogix: Reading<CoralogixClient>): readonly string[] =>
  wasRead(coralogix)
    ? ['To verify again, run:']
    : [
        `Coralogix was not checked: ${coralogix.unread}.`,
        'To check it too, set CORALOGIX_API_KEY to a key with the preset DataQuerying and run:',
      ];
