import { isMap, parseDocument } from 'yaml';
import { listedObjects } from '../../kubernetes/listed-objects.ts';
import { type TemplatePaths, templatePath } from '../../kubernetes/pod-template.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { kubernetesSchema } from '../../yaml/schema.ts';
import { listAt, type Mapping, mappingAt, type Path, textAt, textsAt } from '../../yaml/value.ts';
import { annotation } from '../annotations.ts';
import { changedAt } from '../instrument-object.ts';
import { recordIn } from '../record.ts';
import type { FileDocument } from './documents.ts';
import { TextEdits } from './edits.ts';
import { isSame } from './expected.ts';
import { ownNodeAt } from './nodes.ts';
import { recordOf, removeRecorded } from './remove.ts';

/** Which objects a run is about. */
export interface SelectedObjects {
  readonly templatePaths?: TemplatePaths;
  /** Whether an object is meant. */
  readonly selects: (object: Mapping) => boolean;
}

/** The nodes of a document, with the places where they stand. */
export const contentsOf = (text: string): unknown =>
  parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false, schema: 'core' }).contents;

/** A document without what an earlier run added. */
export interface CleanDocument {
  readonly text: string;
  readonly value: unknown;
}

/** A document as it was before an earlier run, apart from objects that are not selected. */
export function withoutRecords({ text, value }: FileDocument, props: SelectedObjects): CleanDocument {
  const recorded = listedObjects(value).flatMap(({ value: object, path }) => {
    const at = recordedTemplate(object, props);
    return at === undefined ? [] : [[...path, ...at]];
  });
  if (recorded.length === 0) {
    return { text, value };
  }
  const contents = contentsOf(text);
  const edits = new TextEdits(text);
  for (const path of recorded) {
    const template = path.length === 0 ? contents : ownNodeAt(contents, path);
    const record = isMap(template) ? recordOf(template) : undefined;
    if (isMap(template) && record !== undefined) {
      removeRecorded(edits, template, record);
    }
  }
  const result = edits.applied();
  const parsed = parseYaml(result, kubernetesSchema);
  return 'value' in parsed && isSame(withoutEnv(value, recorded), withoutEnv(parsed.value, recorded))
    ? { text: result, value: parsed.value }
    : { text, value };
}

/** Where the pod template of a selected object stands that an earlier run has changed. */
export function recordedTemplate(object: Mapping, props: SelectedObjects): Path | undefined {
  const at = templatePath(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '', props.templatePaths);
  const written = at && textAt(object, ...at, 'metadata', 'annotations', annotation.record);
  const isOurs = written !== undefined && recordIn(written) !== undefined;
  return isOurs && props.selects(object) ? at : undefined;
}

/** A document without what podhost changes in its pod templates. */
const withoutEnv = (value: unknown, templates: readonly Path[]): unknown =>
  templates.reduce<unknown>(
    (document, path) =>
      changedAt(document, path, (template) => ({
        ...mappingAt(template),
        metadata: textsAt(template, 'metadata', 'labels'),
        spec: changedAt(mappingAt(template, 'spec'), ['containers'], (containers) =>
          listAt(containers).map((container) => ({
            ...mappingAt(container),
            env: null,
          })),
        ),
      })),
    value,
  );
