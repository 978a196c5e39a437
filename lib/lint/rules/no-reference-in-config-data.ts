import { referencesIn } from '../../model/environment/expand.ts';
import type { Variable } from '../../model/environment/variable.ts';
import type { Model } from '../../model/model.ts';
import type { Workload } from '../../model/workload.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule } from '../rule.ts';
import { containersOf } from './support/containers.ts';
import { secretText } from './support/literal-secrets.ts';
import { byValue, usersOf } from './support/value-source.ts';

export const noReferenceInConfigData: Rule = {
  id: 'no-reference-in-config-data',
  severity: 'error',
  documentation: {
    summary: 'Reports `$(NAME)` in the data of a ConfigMap or Secret that a container reads into its environment.',
    why: 'The kubelet expands only what stands as `value` in the container itself. What comes by `valueFrom` or `envFrom` reaches the process letter by letter, so an endpoint `http://$(HOST_IP):4317` in a ConfigMap is a host of that name, and attributes name no pod.',
    remediation:
      "Write the value in the container's `env`, after the variables that it refers to; a ConfigMap holds what is the same for every pod.",
    example: `env:
  - name: HOST_IP
    valueFrom:
      fieldRef:
        fieldPath: status.hostIP
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://$(HOST_IP):4317`,
    see: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables'],
  },
  check(model) {
    const uses = containersOf(model).flatMap(({ workload, environment }) =>
      [...environment.values()].flatMap((variable) => {
        const names = referencesIn(dataOf(model, workload, variable)).filter(
          (name) => environment.has(name) || variable.name.startsWith('OTEL_'),
        );
        return names.length === 0 ? [] : [{ workload, variable, names }];
      }),
    );
    return byValue(model, uses).map(({ source, uses: shared }) => {
      const [{ variable, names }] = shared;
      const written = joinNames(names.map((name) => `$(${name})`));
      return {
        message: `${variable.name} of ${usersOf(shared)} holds ${written} from ${titleOf(variable)}, and the kubelet expands no data`,
        place: source.place(),
        suggestion: `write ${variable.name} with ${written} as a value in the container's env`,
        manifest: source.manifest,
      };
    });
  },
};

/** What a variable holds that comes from a ConfigMap or a Secret. */
function dataOf(model: Model, { namespace }: Workload, { origin, value }: Variable): string {
  switch (origin.kind) {
    case 'configMap':
      return value ?? '';
    case 'secret': {
      const secret = model.lookup('Secret', origin.name, namespace)?.manifest;
      return (secret === undefined ? undefined : secretText(secret, origin.key)) ?? '';
    }
    default:
      return '';
  }
}

const titleOf = ({ origin }: Variable): string =>
  'name' in origin ? `${origin.kind === 'secret' ? 'Secret' : 'ConfigMap'} ${origin.name}` : origin.kind;
