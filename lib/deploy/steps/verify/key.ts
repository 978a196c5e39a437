import { z } from 'zod';
import { agentName, collectorSecret } from '../../../chart/names.ts';
import { podhost } from '../../../command-name.ts';
import { configFlags } from '../../../config/config-files.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import type { Action } from '../../../run/step.ts';
import { collectorTimeoutSeconds, verification, verificationError } from '../../../run/verification.ts';
import { runInstruction, sh } from '../../../text/shell.ts';

const agentSchema = z.object({
  spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
});

const lines = 200;

/**
 * Verifies that Coralogix accepts the key. The hops show a rejected key only where the metrics of the agents can be read;
 * their log shows it everywhere.
 */
export function verifyKey(context: DeployContext): Action {
  const { namespace } = context.config.collector;
  const where = `--namespace=${namespace}`;
  const props = { title: 'Coralogix accepts the key', timeoutSeconds: collectorTimeoutSeconds(context) };
  return verification(context, props, async () => {
    const get = context.kubectl(['get', 'daemonset', agentName, where, '--output=json']);
    const { spec } = await readJson(context, get, agentSchema);
    const selector = Object.entries(spec.selector.matchLabels).map(([name, value]) => `${name}=${value}`);
    const logs = context.kubectl(['logs', `--selector=${selector.join(',')}`, where, `--tail=${lines}`]);
    const { exitStatus, stdout, stderr } = await context.runner.run(logs);
    if (exitStatus !== 0) {
      return `not verified: the log of the agents cannot be read (${stderr.split('\n').at(-1)?.slice(0, 100)})`;
    }
    if (/Unauthenticated|PermissionDenied/.test(stdout)) {
      throw verificationError(
        'key-refused',
        `Coralogix rejects the agents: their log contains Unauthenticated, so the key in ${collectorSecret.name} is not valid in this region`,
        `export the correct ${collectorSecret.key} and ${runInstruction(sh`${podhost} deploy ${configFlags(context.configFile)}`)}`,
      );
    }
    return `the last ${lines} lines of the agents' log contain no rejection`;
  });
}
