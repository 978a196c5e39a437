import { deploy } from '../../deploy/deploy.ts';
import { openSession, type Session } from '../../deploy/session.ts';
import { operatorDefinitions } from '../../deploy/steps/operator/definitions.ts';
import { inventory, isEmpty, type SystemInventory, systemInventoryText } from '../../deploy/undeploy/inventory.ts';
import { undeploySteps } from '../../deploy/undeploy/undeploy-steps.ts';
import type { DeployContext } from '../../run/context.ts';
import { leaseName, leaseNamespace } from '../../run/lease-store.ts';
import { PlainReporter } from '../../run/reporter.ts';
import { inSession, reportResult } from '../deploy-session.ts';
import { print, report, terminal } from '../printer.ts';

export interface UndeployOptions {
  /** Files of the configuration, each above those before it. */
  readonly config: readonly string[];
  /** Ask nothing. */
  readonly yes?: true;
  /** Remove volumes and namespaces too. */
  readonly volumes?: boolean;
}

/**
 * `podhost undeploy`: removes what a deployment has created.
 *
 * @returns the exit status
 */
export async function undeployCommand({ volumes = false, ...options }: UndeployOptions): Promise<number> {
  const session = openSession({ ...options, title: 'undeploy', report, terminal });
  return inSession(session, () => removeSystem(session, volumes));
}

async function removeSystem(session: Session, volumes: boolean): Promise<number> {
  const { context, interrupts, log } = session;
  const shown = await inventory(context);
  if (isEmpty(shown, volumes)) {
    report(`The cluster has nothing of ${context.config.name} to remove.`);
    return 0;
  }
  print(`${systemInventoryText(shown, volumes)}\n`);
  if (!(await context.confirm('Remove it?'))) {
    report('Nothing was changed.');
    return 0;
  }
  report(`Log: ${log}`);
  const steps = undeploySteps(shown, volumes);
  const onLost = () => interrupts.stop('another run, which has taken the Lease over');
  const result = await deploy({ context, steps, reporter: new PlainReporter(report), onLost });
  const status = reportResult(result, session);
  if (status === 0) {
    await removeLease(context);
    await reportKept(context, shown);
  }
  return status;
}

async function removeLease({ runner, kubectl, config }: DeployContext): Promise<void> {
  const name = leaseName(config.name);
  await runner.run(kubectl(['delete', 'lease', name, `--namespace=${leaseNamespace}`, '--ignore-not-found']));
}

async function reportKept(context: DeployContext, { kept }: SystemInventory): Promise<void> {
  const definitions =
    context.config.deploy.operator.enabled && kept === undefined ? await operatorDefinitions(context) : [];
  if (definitions.length > 0) {
    report(
      `Helm keeps the custom resource definitions of the operator and their objects: ${definitions.map(({ name }) => name).join(', ')}`,
    );
  }
}
