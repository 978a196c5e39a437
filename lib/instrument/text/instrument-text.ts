import { isMap, type YAMLMap } from 'yaml';
import { type ListedObject, listedObjects } from '../../kubernetes/listed-objects.ts';
import { templateKey, templatePath, type UnnamedTemplate, unnamedTemplate } from '../../kubernetes/pod-template.ts';
import { type Mapping, type Path, textAt, valueAt } from '../../yaml/value.ts';
import type { InstrumentContext } from '../context.ts';
import { isEmptyPlan } from '../env-entry.ts';
import { instrumentTemplate, type TemplatePlan, templateAt } from '../instrument-template.ts';
import { reason } from '../reason.ts';
import type { ContainerRecord } from '../record.ts';
import {
  type CleanDocument,
  contentsOf,
  recordedTemplate,
  type SelectedObjects,
  withoutRecords,
} from './clean-document.ts';
import type { FileDocument } from './documents.ts';
import { TextEdits } from './edits.ts';
import { isExpected } from './expected.ts';
import { ownNodeAt } from './nodes.ts';
import { dashOffset, writeEnv } from './write-env.ts';
import { writeRecord } from './write-record.ts';

export interface InstrumentTextProps extends SelectedObjects {
  readonly context: InstrumentContext;
  readonly defaultNamespace: string;
  /**
   * Whether what podhost added is taken away, and nothing else is done.
   *
   * @default false
   */
  readonly removes?: boolean;
  /**
   * Whether plans are made and no text is changed.
   *
   * @default false
   */
  readonly plansOnly?: boolean;
}

/** An object of a text and what was done to it. */
export interface ObjectResult {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** `other` is an object without a pod template. */
  readonly status: TemplatePlan['status'] | 'uninstrumented' | 'unchanged' | 'other';
  readonly plan?: TemplatePlan;
  readonly skipped?: TemplatePlan['skipped'];
  /** The object as it was read, without what an earlier run added. */
  readonly object: Mapping;
  readonly templatePath?: Path;
}

/** A document with its objects instrumented. */
export interface InstrumentedDocument {
  readonly text: string;
  readonly objects: readonly ObjectResult[];
}

/** Instruments the objects of one document. Nothing but `env` and one annotation changes in its text. */
export function instrumentDocument(document: FileDocument, props: InstrumentTextProps): InstrumentedDocument {
  const clean = withoutRecords(document, props);
  if (props.removes === true) {
    return { text: clean.text, objects: listedObjects(document.value).map((object) => removal(object, clean, props)) };
  }
  const results = listedObjects(clean.value).map((object) => planned(object, props));
  const changed = results.filter(({ status }) => status === 'instrumented');
  if (changed.length === 0 || props.plansOnly === true) {
    return { text: clean.text, objects: results.map(({ result }) => result) };
  }
  const written = write(clean.text, clean.value, changed);
  return {
    text: written.text,
    objects: results.map((found) => (written.refused.has(found) ? notEditable(found.result) : found.result)),
  };
}

export interface Planned {
  readonly status: ObjectResult['status'];
  readonly path: Path;
  readonly plan: TemplatePlan | undefined;
  readonly result: ObjectResult;
}

/** What is to be done to one object. */
export function planned({ value, path }: ListedObject, props: InstrumentTextProps): Planned {
  const common = identityOf(value, props.defaultNamespace);
  const at = templatePath(common.apiVersion, common.kind, props.templatePaths);
  if (at === undefined) {
    const found = unnamedTemplate(value);
    const result: ObjectResult =
      found === undefined
        ? { ...common, object: value, status: 'other' }
        : { ...common, object: value, status: 'skipped', skipped: unknownKind(common.kind, found) };
    return { status: result.status, path: [], plan: undefined, result };
  }
  const template = templateAt(value, at);
  const plan = props.selects(value)
    ? instrumentTemplate({
        object: value,
        template: template ?? {},
        defaultNamespace: props.defaultNamespace,
        context: props.context,
      })
    : notSelected;
  const result: ObjectResult = {
    ...common,
    object: value,
    templatePath: at,
    status: plan.status,
    plan,
    ...(plan.skipped === undefined ? {} : { skipped: plan.skipped }),
  };
  return { status: plan.status, path: [...path, ...at], plan, result };
}

const unknownKind = (kind: string, { written, entry }: UnnamedTemplate) =>
  reason(
    'unknown-kind',
    `podhost does not know the kind, and pods are described at ${written}: ${entry === undefined ? '' : `write ${templateKey(entry)}, or `}add --template-path ${kind}=${written}`,
  );

const notSelected: TemplatePlan = {
  status: 'skipped',
  skipped: reason('not-selected', 'the selector or the configuration leaves it out'),
  containers: [],
  warnings: [],
};

const identityOf = (value: Mapping, defaultNamespace: string) => ({
  apiVersion: textAt(value, 'apiVersion') ?? '',
  kind: textAt(value, 'kind') ?? '',
  name: textAt(value, 'metadata', 'name') ?? textAt(value, 'metadata', 'generateName') ?? '',
  namespace: textAt(value, 'metadata', 'namespace') ?? defaultNamespace,
});

function notEditable(result: ObjectResult): ObjectResult {
  const message =
    'its env is shared by an anchor, an alias or a merge key, or stands behind text that is not plain YAML';
  return { ...result, status: 'skipped', skipped: reason('not-editable', message) };
}

/** Writes the plans of a document's objects; one that its text does not allow is left as it is. */
function write(
  text: string,
  value: unknown,
  changed: readonly Planned[],
): { text: string; refused: ReadonlySet<Planned> } {
  const contents = contentsOf(text);
  const refused = new Set<Planned>();
  const edits = new TextEdits(text);
  for (const found of changed) {
    // Edits of an object count only when all of them are possible.
    const own = new TextEdits(text);
    const template = found.path.length === 0 ? contents : ownNodeAt(contents, found.path);
    if (isMap(template) && found.plan !== undefined && writeTemplate(own, template, found.plan)) {
      edits.add(own);
    } else {
      refused.add(found);
    }
  }
  const result = edits.applied();
  if (
    isExpected(
      value,
      result,
      changed.filter((found) => !refused.has(found)),
    )
  ) {
    return { text: result, refused };
  }
  return changed.length === 1 ? { text, refused: new Set(changed) } : writeOneByOne(text, value, changed);
}

/** Finds the object whose text does not become what was planned. */
function writeOneByOne(text: string, value: unknown, changed: readonly Planned[]) {
  const refused = changed.filter((found) => write(text, value, [found]).refused.size > 0);
  const rest = changed.filter((found) => !refused.includes(found));
  const written = rest.length === 0 || rest.length === changed.length ? undefined : write(text, value, rest);
  return { text: written?.text ?? text, refused: new Set([...refused, ...(written?.refused ?? rest)]) };
}

function writeTemplate(edits: TextEdits, template: YAMLMap, plan: TemplatePlan): boolean {
  const dash = dashOffset(edits.text, ownNodeAt(template, ['spec']), 'containers');
  const records: Record<string, ContainerRecord> = {};
  for (const container of plan.containers.filter((candidate) => !isEmptyPlan(candidate.plan))) {
    const node = ownNodeAt(template, ['spec', 'containers', container.index]);
    const record = isMap(node) ? writeEnv(edits, node, container.plan, dash) : undefined;
    if (record === undefined) {
      return false;
    }
    records[container.name] = record;
  }
  return writeRecord(edits, template, records);
}

function removal({ value, path }: ListedObject, clean: CleanDocument, props: InstrumentTextProps): ObjectResult {
  const common = identityOf(value, props.defaultNamespace);
  const at = templatePath(common.apiVersion, common.kind, props.templatePaths);
  const before = JSON.stringify(value);
  const after = JSON.stringify(valueAt(clean.value, ...path));
  if (before === after && recordedTemplate(value, props) !== undefined) {
    return notEditable({ ...common, object: value, status: 'unchanged' });
  }
  const status = at === undefined ? 'other' : before === after ? 'unchanged' : 'uninstrumented';
  return { ...common, object: value, status };
}
