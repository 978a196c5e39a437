import { z } from 'zod';
import { fieldManager } from '../../../run/kube/objects.ts';
import { answerOf, readText } from '../../../run/kube/read.ts';
import { run, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';

export const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The looser the level, the higher. */
const levels = ['restricted', 'baseline', 'privileged'];

const namespace = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
    managedFields: z.array(z.looseObject({ manager: z.string().optional(), fieldsV1: z.unknown() })).optional(),
  }),
});

/** The namespaces that are there already let the pods in. */
export const podSecurityCheck: Check = {
  name: 'the namespaces',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'apply'),
  async look({ context, manifests }) {
    const wanted = manifests.filter(({ kind }) => kind === 'Namespace');
    const found = await Promise.all(
      wanted.map(async ({ name }) => {
        const query = ['get', 'namespace', name, '--ignore-not-found', '--show-managed-fields', '--output=json'];
        const command = context.kubectl(query);
        const text = await readText(context, command);
        return text.trim() === '' ? [] : [answerOf(command, text, namespace).metadata];
      }),
    );
    return {
      problems: found.flat().flatMap(({ name, labels = {}, managedFields = [], deletionTimestamp }) => {
        if (deletionTimestamp !== undefined) {
          return [beingDeleted(name)];
        }
        const ours = wanted.find((manifest) => manifest.name === name)?.get('metadata', 'labels', enforceLabel);
        const present = labels[enforceLabel];
        // What this system wrote it changes itself.
        const isOurs = managedFields.some(
          ({ manager, fieldsV1 }) =>
            manager === fieldManager && JSON.stringify(fieldsV1 ?? {}).includes(`f:${enforceLabel}`),
        );
        return typeof ours === 'string' && present !== undefined && present !== ours && !isOurs
          ? [otherLevel(name, present, ours)]
          : [];
      }),
    };
  },
};

/** Looser would let the pods in, but the label is somebody else's, and the server lets nobody else change it. */
const otherLevel = (name: string, present: string, ours: string) => ({
  code: 'deploy/pod-security',
  message: `the namespace ${name} enforces the pod security level ${present}, and ${levels.indexOf(present) < levels.indexOf(ours) ? 'the pods there need' : 'its manifest says'} ${ours}`,
  suggestion: run(sh`kubectl label namespace ${name} ${`${enforceLabel}=${ours}`} --overwrite`),
});

const beingDeleted = (name: string) => ({
  code: 'deploy/namespace-terminating',
  message: `the namespace ${name} is being deleted, and takes nothing new until it is gone`,
  suggestion: `wait: ${sh`kubectl wait --for=delete namespace/${name} --timeout=5m`}; when it stays: ${sh`kubectl get namespace ${name} --output=yaml`} says what it waits for`,
});
