import type { DeployContext } from '../../../run/context.ts';
import { readText } from '../../../run/kube/read.ts';
import type { ReleaseName } from '../../helm.ts';

/** The group of all kinds that the Coralogix Operator looks after. */
export const operatorGroup = 'coralogix.com';

/** The definition of a kind of the operator. */
export interface OperatorDefinition {
  /** E.g. `slos.coralogix.com`. */
  readonly name: string;
  /** The release that it came with; undefined when helm did not make it, or only found it in the chart's folder `crds`. */
  readonly release: ReleaseName | undefined;
  /** Whether helm leaves it when its release goes. */
  readonly isKept: boolean;
}

const annotations = [
  'meta\\.helm\\.sh/release-name',
  'meta\\.helm\\.sh/release-namespace',
  'helm\\.sh/resource-policy',
];
const columns = ['{.metadata.name}', ...annotations.map((name) => `{.metadata.annotations.${name}}`)];
// A whole definition is long, and there may be hundreds.
const template = `{range .items[*]}${columns.join('{" "}')}{"\\n"}{end}`;

/** Definitions of kinds of the operator that the cluster has. */
export async function operatorDefinitions(context: DeployContext): Promise<OperatorDefinition[]> {
  const query = context.kubectl(['get', 'customresourcedefinitions', `--output=jsonpath=${template}`]);
  return (await readText(context, query)).split('\n').flatMap((line) => {
    const [name = '', release = '', namespace = '', policy = ''] = line.split(' ');
    return name.endsWith(`.${operatorGroup}`)
      ? [
          {
            name,
            release: release === '' ? undefined : { release, namespace },
            isKept: release === '' || policy === 'keep',
          },
        ]
      : [];
  });
}
