import { basename, dirname, isAbsolute, join } from 'node:path';
import { listItems } from '../../kubernetes/listed-objects.ts';
import { apiGroup } from '../../kubernetes/scope.ts';
import type { Place, Problem } from '../../problems/problem.ts';
import { joinNames } from '../../text/list.ts';
import { isVariableName } from '../../text/variable-name.ts';
import { parseDocuments } from '../../yaml/documents.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, type Mapping, type Path, textAt, valueAt } from '../../yaml/value.ts';
import { asProblem } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { chartTexts, type EntryTexts, entryTexts, type ManifestText } from './entry-texts.ts';
import { groupProblems, podSecurityProblems } from './group-problems.ts';
import { type ManifestGroup, type ManifestObject, objectTitle } from './manifest-group.ts';
import { type WrittenObject, withoutServerFields } from './server-fields.ts';
import { unknownObjects } from './unknown-objects.ts';

/** What the entries of `manifests` hold. */
export interface LoadedManifests {
  readonly groups: readonly ManifestGroup[];
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  /** Files and folders that they were read from. */
  readonly files: readonly string[];
}

/** Reads every entry of `manifests` that has the right shape: files, and what kustomize and helm make of others. */
export function loadManifests(system: Located): LoadedManifests {
  const groups: ManifestGroup[] = [];
  const problems: Problem[] = [];
  const files: string[] = [];
  const names = new Set<string>();
  for (const entry of system.get('manifests').items()) {
    const namespace = entry.get('namespace').text() ?? system.get('namespace').text();
    if (!entry.isSound || namespace === undefined) {
      continue;
    }
    const read = textsOf(entry, namespace, system);
    files.push(...read.files);
    problems.push(...read.problems.map(({ id, ...found }) => asProblem(id, { place: entry.place, ...found })));
    const objects = new GroupObjects();
    for (const text of read.texts) {
      objects.add(text);
    }
    problems.push(...objects.problems, ...objects.warnings);
    groups.push({ name: uniqueName(nameOf(entry, system), names), namespace, objects: objects.found });
  }
  const found = [...groupProblems(groups), ...podSecurityProblems(groups, system), ...unknownObjects(groups, system)];
  return { groups, problems: [...problems, ...found], files };
}

function textsOf(entry: Located, namespace: string, system: Located): EntryTexts {
  const chart = entry.get('helm');
  if (chart.kind === 'absent') {
    const path = entry.kind === 'mapping' ? entry.get('path') : entry;
    return entryTexts(pathOf(path), path.text() ?? '');
  }
  return chartTexts({
    helm: chart.text() ?? '',
    chart: pathOf(chart),
    release: releaseOf(entry, system),
    namespace,
    values: entry.get('values').items().map(pathOf),
  });
}

/** A path from the folder of the file that it stands in. */
function pathOf(value: Located): string {
  const written = value.text() ?? '';
  return isAbsolute(written) ? written : join(dirname(value.place.file), written);
}

const releaseOf = (entry: Located, system: Located): string =>
  entry.get('release').text() ?? system.get('name').text() ?? 'release';

/** The name that is written, or that of the release, folder or file. */
function nameOf(entry: Located, system: Located): string {
  const written = entry.get('name').text();
  if (written !== undefined) {
    return written;
  }
  if (entry.get('helm').kind !== 'absent') {
    return releaseOf(entry, system);
  }
  const path = entry.text() ?? entry.get('path').text() ?? '';
  const named = path.split('/').filter((part) => part !== '' && !/^\.{1,2}$|[*?[\]{}()!]/.test(part));
  return basename(named.at(-1) ?? '')
    .replace(/\.(ya?ml|json)$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function uniqueName(wanted: string, taken: Set<string>): string {
  const name = wanted === '' ? 'manifests' : wanted;
  let unique = name;
  for (let count = 2; taken.has(unique); count += 1) {
    unique = `${name}-${count}`;
  }
  taken.add(unique);
  return unique;
}

/** The objects of one entry, as its texts are read. */
class GroupObjects {
  readonly found: ManifestObject[] = [];
  readonly problems: Problem[] = [];
  private readonly live: (WrittenObject & { readonly place: Place; readonly title: string })[] = [];

  /** What was left out of objects as a cluster has them, in one warning. */
  get warnings(): Problem[] {
    const [first] = this.live;
    if (first === undefined) {
      return [];
    }
    const fields = joinNames(this.live.flatMap(({ leftOut }) => leftOut));
    const message = `${joinNames(this.live.map(({ title }) => title))} stand as the API server prints them: ${fields} are left out`;
    const suggestion = 'remove them from the file, or write the manifests from which the objects were applied';
    return [asProblem('server-fields', { place: first.place, message, suggestion }, 'warning')];
  }

  add({ file, text }: ManifestText): void {
    const { documents, problems } = parseDocuments(file, text);
    this.problems.push(...problems.map((problem) => ({ ...problem, code: 'config/manifest-yaml' })));
    for (const document of documents) {
      this.addValue(document, document.value, []);
    }
  }

  private addValue(document: SourceDocument, value: unknown, path: Path): void {
    const place = document.place(path);
    const kind = textAt(value, 'kind') ?? '';
    const apiVersion = textAt(value, 'apiVersion') ?? '';
    if (!isMapping(value) || kind === '' || apiVersion === '') {
      const message = 'this document is no object of Kubernetes: it has no apiVersion and kind';
      this.problem('no-manifest', place, message, 'name the files of manifests alone, or remove the document');
    } else if (listItems(value) !== undefined) {
      for (const [index, item] of listItems(value)?.entries() ?? []) {
        this.addValue(document, item, [...path, 'items', index]);
      }
    } else if (apiGroup(apiVersion) === 'kustomize.config.k8s.io') {
      const message = `${document.file} is a kustomization, which kustomize must build`;
      this.problem('no-manifest', place, message, `write: ${dirname(document.file)}, the folder of it`);
    } else if (textAt(value, 'metadata', 'name') === undefined) {
      const message = `${kind} has no metadata.name, by which a later apply finds it again`;
      this.problem('no-manifest-name', place, message, 'write: metadata: { name: … }');
    } else {
      const written = withoutServerFields(value);
      this.addObject({ value: written.value, place });
      if (written.leftOut.length > 0) {
        this.live.push({ place, title: objectTitle(kind, textAt(value, 'metadata', 'name') ?? ''), ...written });
      }
    }
  }

  /** All objects but Secrets with values, which belong in no file of the output. */
  private addObject(object: ManifestObject): void {
    const { value, place } = object;
    const kind = textAt(value, 'kind') ?? '';
    const keys = ['data', 'stringData'].flatMap((field) => Object.keys(mappingOf(valueAt(value, field))));
    if (kind !== 'Secret' || apiGroup(textAt(value, 'apiVersion') ?? '') !== '' || keys.length === 0) {
      this.found.push(object);
      return;
    }
    const name = textAt(value, 'metadata', 'name') ?? '';
    this.problems.push({
      code: 'config/secret-left-out',
      message: `Secret ${name} has values for ${keys.join(', ')}, and the output holds no secrets: it is left out`,
      suggestion: keys.every((key) => isVariableName(key))
        ? `write: secret: { name: ${name}, keys: [${keys.join(', ')}] }, so that podhost deploy creates it, or apply it by itself first`
        : `apply ${place.file} by itself before the deployment`,
      place,
      confidential: true,
      level: 'warning',
    });
  }

  private problem(id: string, place: Place, message: string, suggestion: string): void {
    this.problems.push(asProblem(id, { place, message, suggestion }));
  }
}

const mappingOf = (value: unknown): Mapping => (isMapping(value) ? value : {});
