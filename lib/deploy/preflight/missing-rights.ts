import { z } from 'zod';
import type { DeployContext } from '../../run/context.ts';
import { answerOf, readText } from '../../run/kube/read.ts';
import type { Right } from './right.ts';

const review = z.object({
  status: z.object({ allowed: z.boolean() }),
  spec: z.object({
    resourceAttributes: z.object({
      verb: z.string(),
      group: z.string().default(''),
      resource: z.string(),
      subresource: z.string().optional(),
      namespace: z.string().optional(),
    }),
  }),
});

/** Which of these rights the user has not. Asked in one go; nothing is written by it. */
export async function missingRights(context: DeployContext, wanted: readonly Right[]): Promise<Right[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: wanted.map(reviewOf) };
  const command = context.kubectl(['create', '--filename=-', '--output=json'], {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + wanted.length,
  });
  const answers = documents(await readText(context, command)).map((text) => answerOf(command, text, review));
  return answers
    .filter(({ status }) => !status.allowed)
    .map(({ spec: { resourceAttributes: asked } }) => ({
      verb: asked.verb,
      group: asked.group,
      resource: asked.subresource === undefined ? asked.resource : `${asked.resource}/${asked.subresource}`,
      namespace: asked.namespace,
    }));
}

/** kubectl prints one object after the other, and no list. */
const documents = (text: string): string[] => text.split(/(?<=^\})\s*(?=\{)/m).filter((it) => it.trim() !== '');

function reviewOf({ verb, group, resource, namespace }: Right): object {
  const [name, subresource] = resource.split('/');
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource: name, subresource, namespace } },
  };
}
