import { z } from 'zod';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import type { Manifest } from './synthesized.ts';

const variable = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
      configMapKeyRef: z.looseObject({ name: z.string(), key: z.string() }).optional(),
      secretKeyRef: z.looseObject({ name: z.string(), key: z.string() }).optional(),
    })
    .optional(),
});
const container = z.looseObject({ env: z.array(variable).optional() });
const podTemplate = z.looseObject({ spec: z.looseObject({ containers: z.tuple([container]) }) });
const workload = z.looseObject({ spec: z.looseObject({ template: podTemplate }) });

/** One line a variable, and one a resource attribute, in their order. */
export function environmentSummary(object: Manifest): string {
  const [{ env }] = workload.parse(object).spec.template.spec.containers;
  return toYaml(
    (env ?? []).map(({ name, value, valueFrom }) => {
      const reference = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
      if (name === 'OTEL_RESOURCE_ATTRIBUTES') {
        return { [name]: value?.split(',') };
      }
      return { [name]: value ?? valueFrom?.fieldRef?.fieldPath ?? `${reference?.name}/${reference?.key}` };
    }),
  );
}

/** The object without its container's environment, which has a snapshot of its own. */
export function withoutEnvironment(object: Manifest): unknown {
  if (object.kind !== 'Deployment') {
    return object;
  }
  const copy = workload.parse(structuredClone(object));
  copy.spec.template.spec.containers[0].env = undefined;
  return JSON.parse(JSON.stringify(copy));
}
