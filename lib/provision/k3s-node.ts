import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { k3sJournal } from '../run/kube/error-output.ts';
import { oneLine, stoppedProblem } from '../run/kube/read.ts';
import { hostJson } from './host.ts';
import { k3sAsRoot } from './k3s.ts';

const nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        conditions: z
          .array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() }))
          .default([]),
      }),
    }),
  ),
});

const intervalMilliseconds = 2_000;

/** Name of a node of k3s that is Ready, or the reason why there is none. */
export async function findReadyNode(
  context: DeployContext,
): Promise<{ readonly name: string } | { readonly reason: string }> {
  const { items } = await hostJson(context, k3sAsRoot(['kubectl', 'get', 'nodes', '--output=json']), nodes);
  const conditions = items.map(({ metadata, status }) => ({
    name: metadata.name,
    ready: status.conditions.find(({ type }) => type === 'Ready'),
  }));
  const found = conditions.find(({ ready }) => ready?.status === 'True');
  if (found !== undefined) {
    return { name: found.name };
  }
  const reasons = conditions.map(
    ({ name, ready }) => `${name}: ${ready?.message ?? 'it has not reported a status yet'}`,
  );
  return { reason: reasons.join('; ') || 'no node has joined' };
}

/**
 * Waits until a node is Ready.
 *
 * @throws PodhostError when no node is Ready in time
 */
export async function waitForNode(context: DeployContext): Promise<void> {
  const { signal, config } = context;
  const deadline = performance.now() + config.deploy.rolloutSeconds * 1_000;
  let reason = '';
  for (;;) {
    try {
      const node = await findReadyNode(context);
      if ('name' in node) {
        return;
      }
      reason = node.reason;
    } catch (error) {
      // The API server may still be starting.
      if (!(error instanceof PodhostError) || error.code !== 'deploy/command-failed') {
        throw error;
      }
      reason = error.problems.map(oneLine).join('; ');
    }
    if (signal.aborted) {
      throw new PodhostError([stoppedProblem(signal)], 3);
    }
    if (performance.now() > deadline) {
      throw new PodhostError([notReady(reason, config.deploy.rolloutSeconds)], 3);
    }
    await sleep(intervalMilliseconds, undefined, { signal }).catch(() => {});
  }
}

const notReady = (reason: string, seconds: number) => ({
  code: 'deploy/k3s-not-ready',
  message: `no node of k3s is Ready after ${seconds} s: ${reason}`,
  suggestion: `see why on the host: ${k3sJournal}; then run the deployment again`,
});
