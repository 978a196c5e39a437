import { join } from 'node:path';
import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import type { Action } from '../run/step.ts';
import { verificationError } from '../run/verification.ts';
import { runInstruction, sh } from '../text/shell.ts';
import { asLine, configuredObjects, deliveryMetadata, deliveryVerification } from './delivery.ts';

const kinds = [
  { kind: 'Kustomization', resource: 'kustomizations.kustomize.toolkit.fluxcd.io' },
  { kind: 'HelmRelease', resource: 'helmreleases.helm.toolkit.fluxcd.io' },
] as const;

const reconciled = z.object({
  metadata: deliveryMetadata.extend({ generation: z.number().default(0) }),
  status: z
    .object({
      observedGeneration: z.number().default(-1),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().default(''),
            observedGeneration: z.number().optional(),
          }),
        )
        .default([]),
    })
    .default({ observedGeneration: -1, conditions: [] }),
});

type Reconciled = z.output<typeof reconciled>;

/**
 * Verifies that Flux has reconciled its current configuration.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomization-status
 */
export const fluxDelivery = (context: DeployContext): Action =>
  deliveryVerification(context, 'Flux has delivered the system', async () => {
    const folder = join(context.dist, 'flux');
    const names = await Promise.all(
      kinds.map(async ({ kind, resource }) => {
        const objects = await configuredObjects(context, { kind, resource, folder }, reconciled);
        return objects.map((object) => readyName(object, kind, resource));
      }),
    );
    return `${names.flat().join(' and ')} ready`;
  });

/** @throws PodhostError when it is not ready */
function readyName({ metadata, status }: Reconciled, kind: string, resource: string): string {
  const { name, namespace, generation } = metadata;
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  const isOutdated = (ready?.observedGeneration ?? generation) !== generation;
  const isObserved = status.observedGeneration === generation && !isOutdated;
  if (isObserved && ready?.status === 'True') {
    return `${kind} ${name}`;
  }
  // A condition of an older generation does not describe the current state.
  const isUnobserved = ready === undefined || ready.status === 'True' || isOutdated;
  const why = isUnobserved ? 'Flux has not noticed the last change' : ready.message;
  throw verificationError(
    'not-reconciled',
    `the ${kind} ${name} is not ready: ${asLine(why)}`,
    runInstruction(sh`kubectl describe ${resource} ${name} --namespace ${namespace}`),
  );
}
