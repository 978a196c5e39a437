import { collectorSecret } from '../../../chart/names.ts';
import { podhost } from '../../../command-name.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import { check, found } from '../../../run/verification.ts';
import { operand, run, sh } from '../../../text/shell.ts';
import { agentName, agentSchema } from './collector-checks.ts';

const lines = 200;

/** A key that Coralogix does not take shows in the log of the collector and nowhere else. */
export function refusedKeyCheck(context: DeployContext): Action {
  const { namespace } = context.config.collector;
  const where = `--namespace=${namespace}`;
  return check(context, 'Coralogix takes the key', async () => {
    const get = context.kubectl(['get', 'daemonset', agentName, where, '--output=json']);
    const { spec } = await readJson(context, get, agentSchema);
    const selector = Object.entries(spec.selector.matchLabels).map(([name, value]) => `${name}=${value}`);
    const logs = context.kubectl(['logs', `--selector=${selector.join(',')}`, where, `--tail=${lines}`]);
    const { exitStatus, stdout, stderr } = await context.runner.run(logs);
    if (exitStatus !== 0) {
      return `as far as can be seen: the log of the agents cannot be read (${stderr.split('\n').at(-1)?.slice(0, 100)})`;
    }
    if (/Unauthenticated|PermissionDenied/.test(stdout)) {
      throw found(
        'key-refused',
        `the agents are refused: Unauthenticated stands in their log, so the key in ${collectorSecret.name} is not one of this region`,
        `export the right ${collectorSecret.key} and ${run(sh`${podhost} deploy --config ${operand(context.configFile)}`)}`,
      );
    }
    return `nothing else is in the last ${lines} lines of the agents' log`;
  });
}
