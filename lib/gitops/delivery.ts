import { z } from 'zod';
import { podhost } from '../command-name.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { refusedRight } from '../run/kube/error-output.ts';
import { distObjects } from '../run/kube/manifests.ts';
import { readJson } from '../run/kube/read.ts';
import { labelSelector } from '../run/kube/system-objects.ts';
import type { Action } from '../run/step.ts';
import { check, deliverySeconds, found } from '../run/verification.ts';
import { operand, run, sh } from '../text/shell.ts';

/**
 * That a GitOps tool says itself that it is done. Where it is not installed, or this user may not look, the preflight
 * has told what is to be told.
 */
export const deliveryCheck = (context: DeployContext, title: string, look: () => Promise<string>): Action =>
  check(context, { title, patienceSeconds: deliverySeconds(context) }, async () => {
    try {
      return await look();
    } catch (error) {
      const unseen = error instanceof PodhostError ? unseenReason(error) : undefined;
      if (unseen === undefined) {
        throw error;
      }
      return `as far as can be seen: ${unseen}`;
    }
  });

const unseenReason = (error: PodhostError): string | undefined =>
  refusedRight(error) ?? /the server doesn't have a resource type .*/.exec(error.message)?.[0];

export interface Told {
  readonly kind: string;
  /** As kubectl takes it, with the group: several have HelmCharts. */
  readonly resource: string;
  /** Folder with what the tool is told. */
  readonly folder: string;
}

/** What every one of them says of itself. */
export const toldMetadata = z.object({ name: z.string(), namespace: z.string() });

/**
 * What the tool is told of this system, as it stands in the cluster.
 *
 * @throws PodhostError when something of it is not there
 */
export async function toldObjects<T extends { readonly metadata: z.output<typeof toldMetadata> }>(
  context: DeployContext,
  { kind, resource, folder }: Told,
  shape: z.ZodType<T>,
): Promise<T[]> {
  const wanted = distObjects(folder).filter((object) => object.kind === kind);
  const lists = await Promise.all(
    [...new Set(wanted.map(({ namespace }) => namespace))].map((namespace = 'default') => {
      const selector = `--selector=${labelSelector(context.config)}`;
      const args = ['get', resource, `--namespace=${namespace}`, selector, '--show-managed-fields', '--output=json'];
      return readJson(context, context.kubectl(args), z.object({ items: z.array(shape) }));
    }),
  );
  const live = lists.flatMap(({ items }) => items);
  return wanted.map(({ name, namespace }) => {
    const object = live.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
    if (object === undefined) {
      throw found(
        'not-told',
        `the ${kind} ${name} is not in ${namespace}, so nobody brings what it stands for`,
        run(sh`${podhost} deploy --config ${operand(context.configFile)}`),
      );
    }
    return object;
  });
}

/** A text of any length as part of a line. */
export const asLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500);
