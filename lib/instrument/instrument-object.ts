import { listAt, type Mapping, mappingAt, type Path } from '../yaml/value.ts';
import { applyPlan, isEmptyPlan } from './env-entry.ts';
import type { TemplatePlan } from './instrument-template.ts';

/** A copy of a value in which something at a path is another; all else is shared with it. */
export function changedAt(value: unknown, path: Path, change: (found: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === step ? changedAt(entry, rest, change) : entry));
  }
  const mapping = mappingAt({ value }, 'value');
  return { ...mapping, [step]: changedAt(mapping[step], rest, change) };
}

/** A pod template with a plan carried out. */
export const instrumentedTemplate = (template: unknown, plan: TemplatePlan): unknown =>
  plan.containers
    .filter((container) => !isEmptyPlan(container.plan))
    .reduce(
      (value, container) =>
        changedAt(value, ['spec', 'containers', container.index], (found) => ({
          ...mappingAt({ found }, 'found'),
          env: applyPlan(listAt(found, 'env'), container.plan),
        })),
      template,
    );

/** An object with the plan of its pod template carried out. */
export const instrumentedObject = (object: Mapping, path: Path, plan: TemplatePlan): unknown =>
  changedAt(object, path, (template) => instrumentedTemplate(template, plan));
