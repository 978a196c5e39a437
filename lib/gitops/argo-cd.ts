import { join } from 'node:path';
import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import type { Action } from '../run/step.ts';
import { verificationError } from '../run/verification.ts';
import { runInstruction, sh } from '../text/shell.ts';
import { asLine, configuredObjects, deliveryMetadata, deliveryVerification } from './delivery.ts';

const resource = 'applications.argoproj.io';

const state = z.object({ status: z.string().default('Unknown'), message: z.string().optional() });

const application = z.object({
  metadata: deliveryMetadata,
  spec: z.object({ source: z.unknown() }),
  status: z
    .object({
      sync: state.extend({ comparedTo: z.object({ source: z.unknown() }).optional() }).optional(),
      health: state.optional(),
      conditions: z.array(z.object({ type: z.string(), message: z.string() })).default([]),
      operationState: z.object({ phase: z.string().optional(), message: z.string().optional() }).optional(),
    })
    .default({ conditions: [] }),
});

type Application = z.output<typeof application>;

/**
 * Verifies that Argo CD has synced the system and reports it as healthy.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const argoCdDelivery = (context: DeployContext): Action =>
  deliveryVerification(context, 'Argo CD has delivered the system', async () => {
    const configured = { kind: 'Application', resource, folder: join(context.dist, 'argo-cd') };
    const applications = await configuredObjects(context, configured, application);
    for (const one of applications) {
      assertDelivered(one);
    }
    return `${applications.map(({ metadata }) => metadata.name).join(' and ')} synced and healthy`;
  });

function assertDelivered({ metadata: { name, namespace }, spec, status }: Application): void {
  const { sync, health, conditions, operationState } = status;
  const suggestion = runInstruction(sh`kubectl describe ${resource} ${name} --namespace ${namespace}`);
  if (sync?.comparedTo?.source !== undefined && !holds(sync.comparedTo.source, spec.source)) {
    throw verificationError('not-synced', `Argo CD has not noticed the change of the Application ${name}`, suggestion);
  }
  if (sync?.status === 'Synced' && health?.status === 'Healthy') {
    return;
  }
  const reasons = conditions.map(({ type, message }) => `${type}: ${message}`);
  const why =
    reasons.length > 0
      ? reasons.join('; ')
      : // After a successful sync this message does not describe the health of the objects.
        ((operationState?.phase === 'Succeeded' ? undefined : operationState?.message) ?? health?.message ?? '');
  throw verificationError(
    'not-synced',
    `the Application ${name} is ${sync?.status ?? 'Unknown'} and ${health?.status ?? 'Unknown'}${why === '' ? '' : `: ${asLine(why)}`}`,
    suggestion,
  );
}

/** Whether all of a value stands in another, which may say more: Argo CD writes defaults out. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && whole.length === part.length && part.every((it, index) => holds(whole[index], it));
  }
  if (typeof part === 'object' && part !== null) {
    const there = new Map(typeof whole === 'object' && whole !== null ? Object.entries(whole) : []);
    return Object.entries(part).every(([key, value]) => holds(there.get(key), value));
  }
  return whole === part;
}
