import { join } from 'node:path';
import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import type { Action } from '../run/step.ts';
import { found } from '../run/verification.ts';
import { run, sh } from '../text/shell.ts';
import { asLine, deliveryCheck, toldMetadata, toldObjects } from './delivery.ts';

const resource = 'applications.argoproj.io';

const state = z.object({ status: z.string().default('Unknown'), message: z.string().optional() });

const application = z.object({
  metadata: toldMetadata,
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
 * Argo CD has made everything as the repository says, and all of it runs.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const argoCdDelivery = (context: DeployContext): Action =>
  deliveryCheck(context, 'Argo CD has delivered the system', async () => {
    const told = { kind: 'Application', resource, folder: join(context.dist, 'argo-cd') };
    const applications = await toldObjects(context, told, application);
    for (const one of applications) {
      assertDelivered(one);
    }
    return `${applications.map(({ metadata }) => metadata.name).join(' and ')} synced and healthy`;
  });

function assertDelivered({ metadata: { name, namespace }, spec, status }: Application): void {
  const { sync, health, conditions, operationState } = status;
  const suggestion = run(sh`kubectl describe ${resource} ${name} --namespace ${namespace}`);
  if (sync?.comparedTo?.source !== undefined && !holds(sync.comparedTo.source, spec.source)) {
    throw found('not-synced', `Argo CD has not noticed the change of the Application ${name}`, suggestion);
  }
  if (sync?.status === 'Synced' && health?.status === 'Healthy') {
    return;
  }
  const told = conditions.map(({ type, message }) => `${type}: ${message}`);
  const why =
    told.length > 0
      ? told.join('; ')
      : // A sync that has succeeded says so here, whatever is wrong with what it has made.
        ((operationState?.phase === 'Succeeded' ? undefined : operationState?.message) ?? health?.message ?? '');
  throw found(
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
