import { parseDocuments } from '../yaml/documents.ts';
import { textAt } from '../yaml/value.ts';
import type { RenderedFile } from './rendered-file.ts';

/** What has become of an object of Kubernetes, or of a file that holds none. */
export interface ObjectChange {
  /** `KIND NAMESPACE/NAME` of the object, or the path of the file. */
  readonly title: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** What two syntheses of a system differ in, in the order of their files. Files that are alike are not read. */
export function objectChanges(before: readonly RenderedFile[], after: readonly RenderedFile[]): ObjectChange[] {
  const contents = (files: readonly RenderedFile[]) => new Map(files.map(({ path, content }) => [path, content]));
  const [former, present] = [contents(before), contents(after)];
  const differing = [...new Set([...present.keys(), ...former.keys()])].filter(
    (path) => former.get(path) !== present.get(path),
  );
  const objects = (of: ReadonlyMap<string, string>) =>
    new Map(differing.flatMap((path) => objectsIn(path, of.get(path))));
  const [old, made] = [objects(former), objects(present)];
  return [
    ...[...made].flatMap(([title, text]): ObjectChange[] => {
      const earlier = old.get(title);
      return earlier === text ? [] : [{ title, change: earlier === undefined ? 'added' : 'changed' }];
    }),
    ...[...old.keys()].filter((title) => !made.has(title)).map((title): ObjectChange => ({ title, change: 'removed' })),
  ];
}

/** The objects of a file by title; a file without objects is one of its own. */
function objectsIn(path: string, content: string | undefined): [string, string][] {
  if (content === undefined) {
    return [];
  }
  const objects = parseDocuments(path, content).documents.flatMap(({ value }): [string, string][] => {
    const [kind, name] = [textAt(value, 'kind'), textAt(value, 'metadata', 'name')];
    const namespace = textAt(value, 'metadata', 'namespace');
    return kind === undefined || name === undefined
      ? []
      : [[`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`, JSON.stringify(value)]];
  });
  return objects.length === 0 ? [[path, content]] : objects;
}
