import { isMap } from 'yaml';
import { listedObjects } from '../../kubernetes/listed-objects.ts';
import { listAt, type Mapping, mappingAt, type Path, textAt, valueAt } from '../../yaml/value.ts';
import { applyPlan, type EnvPlan, isEmptyPlan } from '../env-entry.ts';
import { changedAt } from '../instrument-object.ts';
import { contentsOf } from './clean-document.ts';
import { documentsIn, withDocuments } from './documents.ts';
import { TextEdits } from './edits.ts';
import { isText } from './expected.ts';
import { ownNodeAt } from './nodes.ts';
import { dashOffset, writeEnv } from './write-env.ts';

/** A container of an object, wherever in its file it stands by now. */
export interface ContainerTarget {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Where the container stands in its object. */
  readonly path: Path;
}

/**
 * Carries out a plan for a container in the text of a file, and changes no other byte.
 *
 * @param planFor what is planned for the container as it stands there
 * @returns the text as it is where it does not hold the container, or cannot be edited piece by piece
 */
export function mendedText(text: string, target: ContainerTarget, planFor: (container: Mapping) => EnvPlan): string {
  // Of a file with many documents few hold the name, and reading the others would take long.
  const { documents } = documentsIn('', text, (content) => content.includes(target.name));
  return withDocuments(
    text,
    documents.map((document) => ({ document, text: mendedDocument(document.text, document.value, target, planFor) })),
  );
}

function mendedDocument(
  text: string,
  value: unknown,
  target: ContainerTarget,
  planFor: (container: Mapping) => EnvPlan,
): string {
  const targets = listedObjects(value).filter(({ value: object }) => isTarget(object, target));
  let mended = { text, value };
  for (const { path } of targets) {
    const at = [...path, ...target.path];
    const plan = planFor(mappingAt(mended.value, ...at));
    const after = isEmptyPlan(plan) ? undefined : withPlan(mended.text, at, plan);
    const wanted = changedAt(mended.value, at, (container) => ({
      ...mappingAt(container),
      env: applyPlan(listAt(container, 'env'), plan),
    }));
    if (after !== undefined && isText(after, wanted)) {
      mended = { text: after, value: wanted };
    }
  }
  return mended.text;
}

const isTarget = (object: Mapping, { kind, name, namespace, path }: ContainerTarget): boolean =>
  object['kind'] === kind &&
  textAt(object, 'metadata', 'name') === name &&
  textAt(object, 'metadata', 'namespace') === namespace &&
  valueAt(object, ...path) !== undefined;

function withPlan(text: string, path: Path, plan: EnvPlan): string | undefined {
  const contents = contentsOf(text);
  const container = ownNodeAt(contents, path);
  if (!isMap(container)) {
    return undefined;
  }
  const edits = new TextEdits(text);
  const dash = dashOffset(text, ownNodeAt(contents, path.slice(0, -2)), String(path.at(-2)));
  return writeEnv(edits, container, plan, dash) === undefined ? undefined : edits.applied();
}
