import type { TemplatePaths } from '../kubernetes/pod-template.ts';
import type { Mapping } from '../yaml/value.ts';
import type { InstrumentContext } from './context.ts';
import { type ConfigMapLookup, instrumentedObject, lookupOf } from './instrument-object.ts';
import { type ObjectResult, planned } from './text/instrument-text.ts';

export interface PlanValueProps {
  readonly context: Omit<InstrumentContext, 'lookup'>;
  /** Namespace of an object that names none. */
  readonly namespace: string;
  /** Finds what `envFrom` and references name. */
  readonly configMapNamed: ConfigMapLookup;
  /** Whether an object is meant. */
  readonly selects: (object: Mapping) => boolean;
  /** Where further kinds have their pod template. */
  readonly templatePaths: TemplatePaths;
}

/** An object with its pod template instrumented, and what was done to it. */
export interface PlannedValue {
  readonly value: unknown;
  readonly result: ObjectResult;
}

/** Instruments one object that is a value rather than text; one without a pod template stays as it is. */
export function planValue(
  value: Mapping,
  { context, namespace, configMapNamed, ...selection }: PlanValueProps,
): PlannedValue {
  const { result } = planned(
    { value, path: [] },
    {
      context: { ...context, lookup: lookupOf(configMapNamed) },
      defaultNamespace: namespace,
      ...selection,
    },
  );
  const { plan, templatePath } = result;
  return {
    value:
      plan === undefined || templatePath === undefined || result.status === 'skipped'
        ? value
        : instrumentedObject(value, templatePath, plan),
    result,
  };
}
