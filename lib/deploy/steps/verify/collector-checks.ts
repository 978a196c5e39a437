import { z } from 'zod';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import { collectorSeconds } from '../../../run/patience.ts';
import { check, found } from '../../../run/verification.ts';
import { run, sh } from '../../../text/shell.ts';

/** DaemonSet of the agents, as the chart and the manifests name it. */
export const agentName = 'coralogix-opentelemetry-agent';

export const agentSchema = z.object({
  spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
  status: z.object({ desiredNumberScheduled: z.number(), numberReady: z.number() }),
});
const taint = z.object({ key: z.string(), effect: z.string() });
const nodes = z.object({ items: z.array(z.object({ spec: z.object({ taints: z.array(taint).optional() }) })) });

/** Spans never leave their node on the way to the agent: a node without one loses all of its spans. */
export function agentsCheck(context: DeployContext): Action {
  const { namespace } = context.config.collector;
  const props = { title: 'An agent is ready on every node', patienceSeconds: collectorSeconds(context) };
  return check(context, props, async () => {
    const get = (...args: readonly string[]) => context.kubectl(['get', ...args, '--output=json']);
    const [{ status }, all] = await Promise.all([
      readJson(context, get('daemonset', agentName, `--namespace=${namespace}`), agentSchema),
      readJson(context, get('nodes'), nodes),
    ]);
    const open = all.items.filter(({ spec }) => !(spec.taints ?? []).some(({ effect }) => effect.startsWith('No')));
    const { desiredNumberScheduled: wanted, numberReady: ready } = status;
    if (ready < wanted || ready < open.length || ready === 0) {
      throw found(
        'agent-not-ready',
        `the agent is ready on ${ready} of ${Math.max(wanted, open.length)} nodes, spans from the others are lost`,
        run(sh`kubectl get pods --namespace ${namespace} --output wide`),
      );
    }
    return `ready on ${ready} of ${all.items.length} nodes`;
  });
}
