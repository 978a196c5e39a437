import { listedObjects } from '../kubernetes/listed-objects.ts';
import { type TemplatePaths, templatePath, type UnnamedTemplate, unnamedTemplate } from '../kubernetes/pod-template.ts';
import type { DataLookup } from '../model/environment/container-environment.ts';
import { configMapData } from '../model/environment/keyed-data.ts';
import { Manifest } from '../model/manifest.ts';
import { SourceDocument } from '../yaml/source-document.ts';
import { listAt, type Mapping, mappingAt, type Path, textAt } from '../yaml/value.ts';
import type { InstrumentContext } from './context.ts';
import { applyPlan, isEmptyPlan } from './env-entry.ts';
import { instrumentTemplate, type TemplatePlan, templateAt } from './instrument-template.ts';

/** A copy of a value in which something at a path is another; all else is shared with it. */
export function changedAt(value: unknown, path: Path, change: (found: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === step ? changedAt(entry, rest, change) : entry));
  }
  const mapping = mappingAt(value);
  return { ...mapping, [step]: changedAt(mapping[step], rest, change) };
}

/** A pod template with a plan carried out. */
export const instrumentedTemplate = (template: unknown, plan: TemplatePlan): unknown =>
  plan.containers
    .filter((container) => !isEmptyPlan(container.plan))
    .reduce(
      (value, container) =>
        changedAt(value, ['spec', 'containers', container.index], (found) => ({
          ...mappingAt(found),
          env: applyPlan(listAt(found, 'env'), container.plan),
        })),
      template,
    );

/** An object with the plan of its pod template carried out. */
export const instrumentedObject = (object: Mapping, path: Path, plan: TemplatePlan): unknown =>
  changedAt(object, path, (template) => instrumentedTemplate(template, plan));

/** Finds a ConfigMap of the same system by name and namespace. */
export type ConfigMapLookup = (name: string, namespace: string) => Mapping | undefined;

export interface InstrumentedValueProps {
  readonly context: Omit<InstrumentContext, 'lookup'>;
  /** Where further kinds have their pod template. */
  readonly templatePaths: TemplatePaths;
  /** Finds what `envFrom` and references name. */
  readonly configMapNamed: ConfigMapLookup;
  /** Takes an object of a kind that nobody named, although it holds a pod template. */
  readonly onUnnamed: (object: Mapping, found: UnnamedTemplate) => void;
}

/** An object, or a list of objects, in which every pod template is instrumented; the value itself where it has none. */
export function instrumentedValue(
  value: unknown,
  { context, templatePaths, configMapNamed, onUnnamed }: InstrumentedValueProps,
): unknown {
  const lookup = lookupOf(configMapNamed);
  return listedObjects(value).reduce((whole, { value: object, path }) => {
    const at = templatePath(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '', templatePaths);
    const unnamed = at === undefined ? unnamedTemplate(object) : undefined;
    if (unnamed !== undefined) {
      onUnnamed(object, unnamed);
    }
    const template = at === undefined ? undefined : templateAt(object, at);
    if (at === undefined || template === undefined) {
      return whole;
    }
    const plan = instrumentTemplate({ object, template, defaultNamespace, context: { ...context, lookup } });
    return changedAt(whole, path, () => instrumentedObject(object, at, plan));
  }, value);
}

/** Finds the data of ConfigMaps that are not in a file. */
export const lookupOf =
  (configMapNamed: ConfigMapLookup): DataLookup =>
  (kind, name, namespace) => {
    const found = kind === 'ConfigMap' ? configMapNamed(name, namespace) : undefined;
    return found && configMapData(new Manifest(new SourceDocument('', '', found), found));
  };

/** Namespace of objects that name none. */
export const defaultNamespace = 'default';
