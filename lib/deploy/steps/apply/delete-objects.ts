import { setTimeout as sleep } from 'node:timers/promises';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Input } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { type ObjectName, resourceName } from '../../../run/kube/objects.ts';
import { readObjectText } from '../../../run/kube/read.ts';
import type { Action } from '../../../run/step.ts';
import { firstFew } from '../../../text/list.ts';

/** A namespace is deleted only after everything in it. */
const timeoutSeconds = 180;

/** Deletes objects with one action for each namespace. */
export function deleteActions(context: DeployContext, objects: readonly ObjectName[]): Action[] {
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) =>
    deleteAction(
      context,
      namespace,
      objects.filter((object) => object.namespace === namespace),
    ),
  );
}

function deleteAction(context: DeployContext, namespace: string | undefined, objects: readonly ObjectName[]): Action {
  let deleted = 0;
  return {
    title: `Remove ${firstFew(objects.map(resourceName), most)}${namespace === undefined ? '' : ` from ${namespace}`}`,
    commands: [
      // With --wait kubectl would wait for the objects one after the other.
      context.kubectl(['delete', '--filename=-', '--ignore-not-found', '--wait=false'], {
        input: listOf(objects),
        timeoutSeconds: 60 + objects.length,
      }),
    ],
    progress: () => {
      deleted += 1;
      return `${deleted} of ${objects.length}`;
    },
    verify: () => waitUntilDeleted(context, objects),
  };
}

/** The names of the objects as a list, because kubectl handles only five arguments a second. */
const listOf = (objects: readonly ObjectName[]): Input => ({
  text: JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: objects.map(({ apiVersion, kind, name, namespace }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace },
    })),
  }),
});

async function waitUntilDeleted(context: DeployContext, objects: readonly ObjectName[]): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1_000;
  const query = context.kubectl(['get', '--filename=-', '--ignore-not-found', '--output=name'], {
    input: listOf(objects),
    timeoutSeconds: 60 + objects.length,
  });
  for (;;) {
    const left = (await readObjectText(context, query)).split('\n').filter((line) => line !== '');
    if (left.length === 0) {
      return;
    }
    if (performance.now() > deadline || context.signal.aborted) {
      const message = `${firstFew(left, most)} ${left.length === 1 ? 'is' : 'are'} still being deleted`;
      throw new PodhostError([{ code: 'deploy/not-deleted', message, suggestion: 'check their finalizers' }], 3);
    }
    await sleep(1_000);
  }
}

/** Maximum number of names in a message. */
const most = 3;
