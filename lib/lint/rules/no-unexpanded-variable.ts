import { groupBy } from '../../group-by.ts';
import { declarationOf } from '../../model/environment/declaration.ts';
import type { Model } from '../../model/model.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { braceFindings } from './support/braced-variables.ts';
import { type ContainerOf, containersOf } from './support/containers.ts';
import { envOf, reorderEnv } from './support/env-edit.ts';
import { orderOf } from './support/env-order.ts';
import { valueSource } from './support/value-source.ts';

export const noUnexpandedVariable: Rule = {
  id: 'no-unexpanded-variable',
  severity: 'error',
  documentation: {
    summary: 'Reports `$(NAME)` that the kubelet does not replace, and `${NAME}`, which it never replaces.',
    why: 'The kubelet replaces `$(NAME)` only by a variable that is declared earlier in the same container; everything else stays as text. The process then reads `k8s.pod.ip=$(POD_IP)`, no pod has that address, and its spans get no pod, no node and no deployment. Nothing fails and nothing is logged.',
    remediation: 'Declare the variable before the one that refers to it, and write `$(NAME)` rather than `${NAME}`.',
    example: `env:
  - name: K8S_POD_IP
    valueFrom:
      fieldRef:
        fieldPath: status.podIP
  - name: OTEL_RESOURCE_ATTRIBUTES
    value: k8s.pod.ip=$(K8S_POD_IP)`,
    see: ['https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/'],
  },
  check: (model) => [...containersOf(model).flatMap((found) => findingsOf(model, found)), ...braceFindings(model)],
};

function findingsOf(model: Model, { workload, container, environment, entries }: ContainerOf): RuleFinding[] {
  const { manifest } = workload;
  const target = envOf(workload, container);
  const fix = { file: manifest.document.file, apply: (text: string) => reorderEnv(text, target) };
  let hasOrder: boolean | undefined;
  const isOrderable = () => {
    hasOrder ??= orderOf(entries) !== undefined;
    return hasOrder;
  };
  return [...environment.values()].flatMap((variable) => {
    const references = variable.unexpanded.map((name) => ({
      name,
      declaration: declarationOf(model, workload, container, variable, name),
    }));
    return [...groupBy(references, ({ declaration }) => declaration).values()].flatMap((same): RuleFinding[] => {
      const [{ declaration }] = same;
      if (declaration === 'before') {
        return [];
      }
      const names = [...new Set(same.map(({ name }) => name))];
      const which = names.length === 1 ? 'which is' : 'which are';
      return [
        {
          message: `${variable.name} refers to ${joinNames(names.map((name) => `$(${name})`))}, ${which} ${reason[declaration]}, so it stays as it is`,
          place: valueSource(model, workload, variable).place(),
          suggestion: remedy[declaration](joinNames(names), variable.name),
          manifest,
          cannotTell: declaration === 'perhaps',
          ...(declaration === 'after' && isOrderable() ? { fix } : {}),
        },
      ];
    });
  });
}

const reason = {
  after: 'declared after it',
  itself: 'that variable itself',
  never: 'not declared in this container',
  perhaps: 'not declared in any file that was read',
} as const;

const remedy = {
  after: (names: string, user: string) => `move ${names} before ${user}`,
  itself: () => 'write the value itself',
  never: (names: string, user: string) => `declare ${names} before ${user}`,
  perhaps: (names: string, user: string) => `declare ${names} before ${user}`,
} as const;
