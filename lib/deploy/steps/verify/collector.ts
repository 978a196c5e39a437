import { z } from 'zod';
import { collectorSecret, collectorService } from '../../../chart/names.ts';
import { podhost } from '../../../command-name.ts';
import { configFlags } from '../../../config/config-files.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import type { Action } from '../../../run/step.ts';
import { collectorTimeoutSeconds, verification, verificationError } from '../../../run/verification.ts';
import { runInstruction, sh } from '../../../text/shell.ts';

/** Name of the DaemonSet of the agents in the chart and the manifests. */
export const agentName = 'coralogix-opentelemetry-agent';

export const agentSchema = z.object({
  spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
  status: z.object({ desiredNumberScheduled: z.number(), numberReady: z.number() }),
});
const taint = z.object({ key: z.string(), effect: z.string() });
const nodes = z.object({ items: z.array(z.object({ spec: z.object({ taints: z.array(taint).optional() }) })) });

/** Verifies that every node has a ready agent; a node without one loses all of its spans. */
export function verifyAgents(context: DeployContext): Action {
  const { namespace } = context.config.collector;
  const props = { title: 'An agent is ready on every node', timeoutSeconds: collectorTimeoutSeconds(context) };
  return verification(context, props, async () => {
    const get = (...args: readonly string[]) => context.kubectl(['get', ...args, '--output=json']);
    const [{ status }, all] = await Promise.all([
      readJson(context, get('daemonset', agentName, `--namespace=${namespace}`), agentSchema),
      readJson(context, get('nodes'), nodes),
    ]);
    const open = all.items.filter(({ spec }) => !(spec.taints ?? []).some(({ effect }) => effect.startsWith('No')));
    const { desiredNumberScheduled: wanted, numberReady: ready } = status;
    if (ready < wanted || ready < open.length || ready === 0) {
      throw verificationError(
        'agent-not-ready',
        `the agent is ready on ${ready} of ${Math.max(wanted, open.length)} nodes, and the spans of the other nodes are lost`,
        runInstruction(sh`kubectl get pods --namespace ${namespace} --output wide`),
      );
    }
    return `ready on ${ready} of ${all.items.length} nodes`;
  });
}

const service = z.object({ spec: z.object({ externalName: z.string().optional() }) });
const slices = z.object({
  items: z.array(
    z.object({
      endpoints: z
        .array(
          z.object({
            addresses: z.array(z.string()),
            conditions: z.object({ ready: z.boolean().nullish() }).optional(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** Verifies that the alias Service points to a Service of the collector with ready endpoints. */
export function verifyAlias(context: DeployContext): Action {
  const alias = collectorService.clusterCollector;
  const get = (...args: readonly string[]) => context.kubectl(['get', ...args, '--output=json']);
  const props = { title: `${alias} points to the agents`, timeoutSeconds: collectorTimeoutSeconds(context) };
  return verification(context, props, async () => {
    const { namespace } = context.config;
    const { externalName = '' } = (await readJson(context, get('service', alias, `--namespace=${namespace}`), service))
      .spec;
    const [name = '', target = ''] = externalName.split('.');
    const selector = `--selector=kubernetes.io/service-name=${name}`;
    const { items } = await readJson(context, get('endpointslices', `--namespace=${target}`, selector), slices);
    const ready = items.flatMap(({ endpoints }) => endpoints ?? []).filter((it) => it.conditions?.ready !== false);
    if (ready.length === 0) {
      throw verificationError(
        'alias-without-endpoints',
        `${alias} points to ${externalName || 'nothing'}, which has no endpoints`,
        runInstruction(sh`kubectl get endpointslices --namespace ${target || context.config.collector.namespace}`),
      );
    }
    return `${externalName} has ${ready.length} endpoints`;
  });
}

const lines = 200;

/** Verifies that Coralogix accepts the key; a rejected key shows only in the log of the collector. */
export function verifyKey(context: DeployContext): Action {
  const { namespace } = context.config.collector;
  const where = `--namespace=${namespace}`;
  return verification(context, 'Coralogix accepts the key', async () => {
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
