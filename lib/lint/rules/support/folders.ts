import { basename, dirname } from 'node:path';
import { groupBy } from '../../../group-by.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { memoized } from '../../../model/spans/memoized.ts';

/** A folder whose files `kubectl apply -f FOLDER` would read. */
export interface ManifestFolder {
  readonly path: string;
  /** Its objects in the order in which kubectl reads them: by the names of the files, and as they stand there. */
  readonly manifests: readonly [Manifest, ...Manifest[]];
  readonly files: readonly string[];
}

/** All of them; a folder of something else, such as a chart or an overlay, is applied by other means. */
export const manifestFolders = memoized((model): readonly ManifestFolder[] =>
  [...groupBy(model.manifests, ({ document }) => folderOf(document.file))]
    .filter(([path]) => !otherFolders(model).has(path))
    .map(([path, manifests]) => {
      const [first, ...others] = manifests.toSorted((a, b) => byName(a.document.file, b.document.file));
      return {
        path,
        manifests: [first ?? manifests[0], ...others],
        files: [...new Set(manifests.map(({ document }) => document.file))],
      };
    }),
);

/** kubectl compares names letter by letter. */
const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** What is read from standard input is in no folder. */
export const folderOf = (file: string): string => (file === '<stdin>' ? file : dirname(file));

const otherFolders = (model: Model): ReadonlySet<string> =>
  new Set(model.files.filter((file) => ofSomethingElse.test(basename(file))).map(folderOf));

const ofSomethingElse =
  /^(kustomization\.ya?ml|Chart\.ya?ml|helmfile\.ya?ml|skaffold\.ya?ml|(docker-)?compose.*\.ya?ml|package\.json|tsconfig.*\.json|codecov\.ya?ml|mkdocs\.ya?ml|renovate\.json|Taskfile\.ya?ml|cdk8s\.yaml)$/;
