import { z } from 'zod';
import { fieldManager } from '../../../run/kube/objects.ts';
import { answerOf, readObjectText } from '../../../run/kube/read.ts';
import { runInstruction, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

export const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** From the strictest to the loosest level. */
const levels = ['restricted', 'baseline', 'privileged'];

const namespace = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
    managedFields: z.array(z.looseObject({ manager: z.string().optional(), fieldsV1: z.unknown() })).optional(),
  }),
});

/** Checks that existing namespaces allow the pods of the system. */
export const podSecurityCheck: Check = {
  name: 'the namespaces',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'apply'),
  async run({ context, manifests }) {
    const wanted = manifests.filter(({ kind }) => kind === 'Namespace');
    const found = await Promise.all(
      wanted.map(async ({ name }) => {
        const query = ['get', 'namespace', name, '--ignore-not-found', '--show-managed-fields', '--output=json'];
        const command = context.kubectl(query);
        const text = await readObjectText(context, command);
        return text.trim() === '' ? [] : [answerOf(command, text, namespace).metadata];
      }),
    );
    return {
      problems: found.flat().flatMap(({ name, labels = {}, managedFields = [], deletionTimestamp }) => {
        if (deletionTimestamp !== undefined) {
          return [beingDeleted(name)];
        }
        const desired = wanted.find((manifest) => manifest.name === name)?.get('metadata', 'labels', enforceLabel);
        const present = labels[enforceLabel];
        // The deployment changes a label that it manages itself.
        const isOurs = managedFields.some(
          ({ manager, fieldsV1 }) =>
            manager === fieldManager && JSON.stringify(fieldsV1 ?? {}).includes(`f:${enforceLabel}`),
        );
        return typeof desired === 'string' && present !== undefined && present !== desired && !isOurs
          ? [otherLevel(name, present, desired)]
          : [];
      }),
    };
  },
};

/** A looser level would allow the pods, but the label has another field manager, so applying the namespace would fail. */
const otherLevel = (name: string, present: string, desired: string) => ({
  code: 'deploy/pod-security',
  message: `the namespace ${name} enforces the pod security level ${present}, and ${levels.indexOf(present) < levels.indexOf(desired) ? 'its pods need' : 'its manifest has'} ${desired}`,
  suggestion: runInstruction(sh`kubectl label namespace ${name} ${`${enforceLabel}=${desired}`} --overwrite`),
});

const beingDeleted = (name: string) => ({
  code: 'deploy/namespace-terminating',
  message: `the namespace ${name} is being deleted and accepts no new objects until then`,
  suggestion: `wait: ${sh`kubectl wait --for=delete namespace/${name} --timeout=5m`}; if it is not deleted: ${sh`kubectl get namespace ${name} --output=yaml`} shows the reason`,
});
