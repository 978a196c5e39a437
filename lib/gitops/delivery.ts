import { z } from 'zod';
import { podhost } from '../command-name.ts';
import { configFlags } from '../config/config-files.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { deniedPermission } from '../run/kube/error-output.ts';
import { distObjects } from '../run/kube/objects.ts';
import { readJson } from '../run/kube/read.ts';
import { labelSelector } from '../run/kube/system-objects.ts';
import type { Action } from '../run/step.ts';
import { deliveryTimeoutSeconds, verification, verificationError } from '../run/verification.ts';
import { runInstruction, sh } from '../text/shell.ts';

/**
 * Verifies that a GitOps tool reports the delivery as complete. When the tool is not installed or the user has no
 * permission, the preflight has already reported that.
 */
export const deliveryVerification = (context: DeployContext, title: string, lookup: () => Promise<string>): Action =>
  verification(context, { title, timeoutSeconds: deliveryTimeoutSeconds(context) }, async () => {
    try {
      return await lookup();
    } catch (error) {
      const unknown = error instanceof PodhostError ? unknownReason(error) : undefined;
      if (unknown === undefined) {
        throw error;
      }
      return `not verified: ${unknown}`;
    }
  });

const unknownReason = (error: PodhostError): string | undefined =>
  deniedPermission(error) ?? /the server doesn't have a resource type .*/.exec(error.message)?.[0];

/** A kind of object that configures a GitOps tool. */
export interface ConfiguredKind {
  readonly kind: string;
  /** Resource with its group, because several groups have HelmCharts. */
  readonly resource: string;
  /** Folder with the manifests of the tool. */
  readonly folder: string;
}

/** Metadata of these objects. */
export const deliveryMetadata = z.object({ name: z.string(), namespace: z.string() });

/**
 * The objects in the cluster that configure the tool for this system.
 *
 * @throws PodhostError when one of them is missing
 */
export async function configuredObjects<T extends { readonly metadata: z.output<typeof deliveryMetadata> }>(
  context: DeployContext,
  { kind, resource, folder }: ConfiguredKind,
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
      throw verificationError(
        'not-configured',
        `the ${kind} ${name} is missing in ${namespace}, so the GitOps tool does not deliver it`,
        runInstruction(sh`${podhost} deploy ${configFlags(context.configFile)}`),
      );
    }
    return object;
  });
}

/** Shortens a text and joins its lines. */
export const asLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500);
