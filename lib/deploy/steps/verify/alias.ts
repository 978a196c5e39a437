import { z } from 'zod';
import { collectorService } from '../../../chart/names.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import { collectorSeconds } from '../../../run/patience.ts';
import { check, found } from '../../../run/verification.ts';
import { run, sh } from '../../../text/shell.ts';

const service = z.object({ spec: z.object({ externalName: z.string().optional() }) });
const slices = z.object({
  items: z.array(
    z.object({
      endpoints: z
        .array(
          z.object({
            addresses: z.array(z.string()),
            conditions: z.object({ ready: z.boolean().nullish() }).optional(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** The name that the services send to leads, in the collector's namespace, to a Service that has somebody behind it. */
export function aliasCheck(context: DeployContext): Action {
  const alias = collectorService.clusterCollector;
  const get = (...args: readonly string[]) => context.kubectl(['get', ...args, '--output=json']);
  const props = { title: `${alias} leads to the agents`, patienceSeconds: collectorSeconds(context) };
  return check(context, props, async () => {
    const { namespace } = context.config;
    const { externalName = '' } = (await readJson(context, get('service', alias, `--namespace=${namespace}`), service))
      .spec;
    const [name = '', target = ''] = externalName.split('.');
    const selector = `--selector=kubernetes.io/service-name=${name}`;
    const { items } = await readJson(context, get('endpointslices', `--namespace=${target}`, selector), slices);
    const ready = items.flatMap(({ endpoints }) => endpoints ?? []).filter((it) => it.conditions?.ready !== false);
    if (ready.length === 0) {
      throw found(
        'alias-without-endpoints',
        `${alias} leads to ${externalName || 'nothing'}, which has no endpoints`,
        run(sh`kubectl get endpointslices --namespace ${target || context.config.collector.namespace}`),
      );
    }
    return `${externalName} has ${ready.length} endpoints`;
  });
}
