import { groupBy } from '../../group-by.ts';
import { noPlan } from '../../instrument/env-entry.ts';
import { declarationOf } from '../../model/environment/declaration.ts';
import { escapedReferences } from '../../model/environment/expand.ts';
import type { Model } from '../../model/model.ts';
import type { Container } from '../../model/workload.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { braceFindings } from './support/braced-variables.ts';
import { type ContainerOf, containersOf } from './support/containers.ts';
import { declaredFields, type EnvironmentFix, environmentFix, movedNames } from './support/environment-fix.ts';
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
  check: (model) => [
    ...containersOf(model).flatMap((found) => [...findingsOf(model, found), ...escapedFindings(model, found)]),
    ...braceFindings(model),
  ],
};

function findingsOf(model: Model, found: ContainerOf): RuleFinding[] {
  const { workload, container, environment } = found;
  const { manifest } = workload;
  let ordered: EnvironmentFix | undefined;
  const mended = () => {
    ordered ??= environmentFix(model, found, [{ kind: 'order' }]);
    return ordered;
  };
  const unexpanded = [...environment.values()].filter((variable) => variable.unexpanded.length > 0);
  return unexpanded.flatMap((variable) => {
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
      const remedied = remedyOf(declaration, names, variable.name, () => planOf(container, mended()));
      return [
        {
          message: `${variable.name} refers to ${joinNames(names.map((name) => `$(${name})`))}, ${which} ${reason[declaration]}, so it stays as it is`,
          place: valueSource(model, workload, variable).place(),
          suggestion: remedied.suggestion,
          manifest,
          cannotTell: declaration === 'perhaps',
          ...(remedied.isMended ? { fix: mended().fix } : {}),
        },
      ];
    });
  });
}

/** `$$(NAME)` of a declared variable: no SDK has a use for the text that the kubelet makes of it. */
function escapedFindings(model: Model, { workload, environment }: ContainerOf): RuleFinding[] {
  return [...environment.values()].flatMap((variable) => {
    const { name, written = '', origin } = variable;
    const escaped = origin.kind === 'literal' && name.startsWith('OTEL_') ? escapedReferences(written) : [];
    if (escaped.length === 0) {
      return [];
    }
    const names = [...new Set(escaped)].filter((each) => environment.has(each));
    return names.length === 0
      ? []
      : [
          {
            message: `${name} holds ${joinNames(names.map((each) => `$$(${each})`))}, of which the kubelet makes the text ${joinNames(names.map((each) => `$(${each})`))}`,
            place: valueSource(model, workload, variable).place(),
            suggestion: `write: ${names.map((each) => `$(${each})`).join(', ')}`,
            manifest: workload.manifest,
          },
        ];
  });
}

const reason = {
  after: 'declared after it',
  itself: 'that variable itself',
  never: 'not declared in this container',
  perhaps: 'not declared in any file that was read',
} as const;

interface OrderPlan {
  readonly moved: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, string>;
}

const planOf = (container: Container, { plans: [plan = noPlan] }: EnvironmentFix): OrderPlan => ({
  moved: movedNames(container, plan),
  fields: declaredFields(plan),
});

/** What to write, and whether the order that is planned for the container mends it. */
function remedyOf(
  declaration: keyof typeof reason,
  names: readonly string[],
  user: string,
  plan: () => OrderPlan,
): { readonly suggestion: string; readonly isMended: boolean } {
  switch (declaration) {
    case 'after':
      return {
        suggestion: `move ${joinNames(names)} before ${user}`,
        isMended: names.some((name) => plan().moved.has(name)),
      };
    case 'itself':
      return { suggestion: 'write the value itself', isMended: false };
    case 'never': {
      const described = names.map((name) => {
        const field = plan().fields.get(name);
        return field === undefined ? name : `${name} from fieldRef ${field}`;
      });
      return {
        suggestion: `declare ${joinNames(described)} before ${user}`,
        isMended: names.some((name) => plan().fields.has(name)),
      };
    }
    default:
      return { suggestion: `declare ${joinNames(names)} before ${user}`, isMended: false };
  }
}
