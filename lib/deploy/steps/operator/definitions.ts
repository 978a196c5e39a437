import type { DeployContext } from '../../../run/context.ts';
import { readObjectText } from '../../../run/kube/read.ts';
import type { ReleaseName } from '../../helm.ts';

/** API group of the kinds of the Coralogix Operator. */
export const operatorGroup = 'coralogix.com';

/** A custom resource definition of the operator. */
export interface OperatorDefinition {
  /** E.g. `slos.coralogix.com`. */
  readonly name: string;
  /** The release that manages it; undefined when helm does not manage it, e.g. from the chart's folder `crds`. */
  readonly release: ReleaseName | undefined;
  /** Whether helm keeps it when its release is uninstalled. */
  readonly isKept: boolean;
}

const annotations = [
  'meta\\.helm\\.sh/release-name',
  'meta\\.helm\\.sh/release-namespace',
  'helm\\.sh/resource-policy',
];
const columns = ['{.metadata.name}', ...annotations.map((name) => `{.metadata.annotations.${name}}`)];
// Definitions are large, and there may be hundreds.
const template = `{range .items[*]}${columns.join('{" "}')}{"\\n"}{end}`;

/** The custom resource definitions of the operator in the cluster. */
export async function operatorDefinitions(context: DeployContext): Promise<OperatorDefinition[]> {
  const query = context.kubectl(['get', 'customresourcedefinitions', `--output=jsonpath=${template}`]);
  return (await readObjectText(context, query)).split('\n').flatMap((line) => {
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
