import { parseYaml } from '../../yaml/parse.ts';
import { kubernetesSchema } from '../../yaml/schema.ts';
import { isMapping, mappingAt, type Path, valueAt } from '../../yaml/value.ts';
import { annotation } from '../annotations.ts';
import { changedAt, instrumentedTemplate } from '../instrument-object.ts';
import type { TemplatePlan } from '../instrument-template.ts';

/** A pod template of a document, and what is planned for it. */
export interface PlannedTemplate {
  readonly path: Path;
  readonly plan: TemplatePlan | undefined;
}

/** Whether a text holds what a document held, with the plans carried out and nothing else changed. */
export function isExpected(before: unknown, text: string, planned: readonly PlannedTemplate[]): boolean {
  const parsed = parseYaml(text, kubernetesSchema);
  if ('error' in parsed) {
    return false;
  }
  let wanted = before;
  for (const { path, plan } of planned) {
    const record = valueAt(parsed.value, ...path, 'metadata', 'annotations', annotation.record);
    if (typeof record !== 'string') {
      return false;
    }
    wanted = changedAt(wanted, path, (template) => withPlan(template, record, plan));
  }
  return isSame(wanted, parsed.value);
}

/** Whether a text holds a value. */
export function isText(text: string, value: unknown): boolean {
  const parsed = parseYaml(text, kubernetesSchema);
  return 'value' in parsed && isSame(parsed.value, value);
}

function withPlan(template: unknown, record: string, plan: TemplatePlan | undefined): unknown {
  const annotated = changedAt(template, ['metadata'], (metadata) => ({
    ...mappingAt(metadata),
    annotations: { ...mappingAt(metadata, 'annotations'), [annotation.record]: record },
  }));
  return plan === undefined ? annotated : instrumentedTemplate(annotated, plan);
}

/** Whether two values are the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  if (isMapping(one) && isMapping(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
    );
  }
  return Object.is(one, other);
}
