import { agentName } from '../../chart/names.ts';
import { type DeployResult, deploy } from '../../deploy/deploy.ts';
import { checkReachability } from '../../deploy/preflight/reachability.ts';
import { openSession, type Session } from '../../deploy/session.ts';
import { deploySteps, selectedSteps } from '../../deploy/steps/index.ts';
import { askForSecrets } from '../../deploy/steps/secrets/step.ts';
import { commandWords } from '../../run/command/shell-line.ts';
import type { DeployContext, StepName } from '../../run/context.ts';
import { planSteps } from '../../run/plan.ts';
import type { Reporter } from '../../run/reporter.ts';
import { PlainReporter } from '../../run/reporter.ts';
import { scriptOf } from '../../run/script.ts';
import type { Step } from '../../run/step.ts';
import { askHidden } from '../../run/terminal.ts';
import { sh } from '../../text/shell.ts';
import { inSession, reportResult } from '../deploy-session.ts';
import { verifyCommandLine, verifyDeployment, withHops } from '../deployment-verification.ts';
import { isScreen, printScript, report, terminal } from '../printer.ts';
import { keyOfEnvironment } from '../verify-coralogix.ts';

export interface DeployOptions {
  /** Files of the configuration, each above those before it. */
  readonly config: readonly string[];
  /** Folder with the manifests. */
  readonly output: string;
  /** Machine that runs k3s. */
  readonly host?: string;
  /** Print the commands and change nothing. */
  readonly dryRun?: true;
  readonly only?: readonly StepName[];
  readonly skip?: readonly StepName[];
  /** Ask nothing. */
  readonly yes?: true;
  /** Remove a legacy installation. */
  readonly migrate?: true;
  /** Remove volumes that are in no manifest any more. */
  readonly pruneVolumes?: true;
}

/**
 * `podhost deploy`: deploys the manifests to a cluster.
 *
 * @returns the exit status
 */
export async function deployCommand({ output, dryRun, only, skip, ...options }: DeployOptions): Promise<number> {
  const steps = selectedSteps(deploySteps, { ...(only && { only }), ...(skip && { skip }) });
  // The preflight alone checks what a whole deployment needs.
  const needed = steps.every(isPreflight) ? selectedSteps(deploySteps, { ...(skip && { skip }) }) : steps;
  const title = dryRun ? 'dry run of deploy' : 'deploy';
  const session = openSession({
    ...options,
    dist: output,
    title,
    report,
    terminal,
    steps: needed.map(({ name }) => name),
  });
  return inSession(session, () => (dryRun ? plan(session, steps) : run(session, steps)));
}

async function plan({ context }: Session, steps: readonly Step[]): Promise<number> {
  const { context: answering, reasons } = await checkReachability(
    context,
    steps.map(({ name }) => name),
  );
  const planned = withHops(await planSteps(steps, answering), context, keyOfEnvironment() !== undefined);
  const { config, host } = context;
  printScript(scriptOf(planned, { name: config.name, reasons, ...(host !== undefined && { host }) }));
  return 0;
}

async function run(session: Session, steps: readonly Step[]): Promise<number> {
  const { context, interrupts, log } = session;
  const asks = context.canAsk && steps.some(({ name }) => name === 'secrets');
  report(`Log: ${log}`);
  const reporter = await createReporter(context);
  const onLost = () => interrupts.stop('another run, which has taken the Lease over');
  const ask = asks
    ? { ask: () => askForSecrets(context, (question) => askHidden(question, terminal, context.signal)) }
    : {};
  const result = await deploy({ context, steps, reporter, onLost, ...ask });
  const status = reportResult(result, session);
  if (status !== 0) {
    return status;
  }
  const isVerified = steps.some(({ name }) => name === 'verify');
  const ended = isVerified ? ['Deployed.'] : rest(context);
  report(...(result.acted > 0 ? ended : [nothingDone(steps, context.steps, result)]));
  return isVerified ? verifyDeployment(session) : 0;
}

/** A question needs output that is not redrawn. */
async function createReporter({ config }: DeployContext): Promise<Reporter> {
  if (!isScreen() || config.deploy.compose !== undefined) {
    return new PlainReporter(report);
  }
  const { ListReporter } = await import('../../run/list-reporter.ts');
  return new ListReporter(terminal.output);
}

const isPreflight = ({ name }: Step): boolean => name === 'preflight';

/** @param checked steps that the preflight has checked */
function nothingDone(steps: readonly Step[], checked: readonly StepName[], { ended }: DeployResult): string {
  if (steps.every(isPreflight)) {
    const others = checked.filter((name) => name !== 'preflight').join(', ');
    return `Nothing was deployed: only the preflight ran, and it found no problem for ${others || 'any step, because all are skipped'}.`;
  }
  if (steps.every(({ name }) => name === 'verify')) {
    return 'Nothing was deployed: only the verification runs.';
  }
  return ended === 0
    ? `Nothing was deployed: there is nothing to do in ${steps.map(({ name }) => name).join(', ')}.`
    : 'Nothing was deployed: everything is up to date.';
}

const rest = (context: DeployContext): string[] => [
  'Deployed. To prove that the spans of every service arrive with their pod, run:',
  `  ${commandWords(verifyCommandLine(context))}`,
  ...(context.config.collector.delivery === 'existing'
    ? []
    : [
        'or watch the log of the agents:',
        `  ${sh`kubectl logs --namespace ${context.config.collector.namespace} daemonset/${agentName} --follow`}`,
      ]),
];
