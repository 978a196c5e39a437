import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import picomatch from 'picomatch';
import { fileSystemProblem } from '../../files/file-problem.ts';
import { listFiles } from '../../files/list-files.ts';
import { readText } from '../../files/read-text.ts';
import { buildKustomization, helmTemplate, isOnPath, kustomizeTool, type Rendering } from './renderer.ts';

/** Text of manifests, with the file or the command that it comes from. */
export interface ManifestText {
  readonly file: string;
  readonly text: string;
}

/** Why an entry, or one of its files, gave nothing. */
export interface EntryProblem {
  readonly id: string;
  readonly message: string;
  readonly suggestion?: string;
}

export interface EntryTexts {
  readonly texts: readonly ManifestText[];
  readonly problems: readonly EntryProblem[];
  /** Files and folders that decide the content, for `--watch`. */
  readonly files: readonly string[];
}

/** Names that kustomize looks for. */
const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const isManifestFile = (path: string): boolean => /\.(ya?ml|json)$/.test(path);

const limits = { maximumBytes: 64 * 1024 * 1024, maximumFiles: 5000, maximumEntries: 100_000 };
const ignored = ['node_modules', '.git', '.podhost'];

/**
 * The manifests of a file, a folder, a glob or a kustomization.
 *
 * @param written the path as it is written
 */
export function entryTexts(path: string, written: string): EntryTexts {
  const kind = kindOf(path);
  if (kind === 'file') {
    return kustomizationNames.includes(basename(path)) ? built(dirname(path)) : textsOf([path]);
  }
  if (kind === 'folder') {
    return kustomizationIn(path) === undefined ? textsIn(path, written) : built(path);
  }
  const { base, glob, isGlob } = picomatch.scan(path.replaceAll('\\', '/'));
  if (!isGlob) {
    const { reason } = fileSystemProblem(path, kind);
    return problem('no-manifest-file', `${path} ${reason}`, 'write: a path from the folder of this configuration');
  }
  const matches = picomatch(glob);
  const { files, problems } = listFiles(base, { ...limits, ignored, isWanted: (file) => matches(file) });
  if (files.length === 0) {
    const [first] = problems;
    const message = first === undefined ? `no file matches ${path}` : `${first.path} ${first.problem.reason}`;
    return problem('no-manifest-file', message, 'write: a path from the folder of this configuration');
  }
  return textsOf(files.map((file) => join(base, file)));
}

/** `file`, `folder`, or why it is neither. */
function kindOf(path: string): unknown {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return error;
  }
}

const kustomizationIn = (folder: string): string | undefined =>
  kustomizationNames.map((name) => join(folder, name)).find((file) => kindOf(file) === 'file');

/** Whether a path is the folder of a kustomization. */
export const isKustomizationFolder = (path: string): boolean => kustomizationIn(path) !== undefined;

/** The files that a tool may read of a folder. */
const filesBelow = (folder: string): string[] =>
  listFiles(folder, { ...limits, ignored, isWanted: () => true }).files.map((file) => join(folder, file));

/** The files directly in a folder, as `kubectl apply -f` reads them. */
function textsIn(path: string, written: string): EntryTexts {
  const { files, problems } = listFiles(path, { ...limits, ignored, isWanted: isManifestFile });
  const direct = files.filter((file) => !/[/\\]/.test(file));
  const [unread] = problems;
  if (unread !== undefined) {
    return problem('no-manifest-file', `${unread.path} ${unread.problem.reason}`);
  }
  if (direct.length === 0) {
    const message = `the folder ${path} holds no .yaml, .yml or .json file itself`;
    const suggestion =
      files.length === 0 ? 'write: a folder with manifests' : `write: ${written.replace(/\/$/, '')}/**/*.yaml`;
    return problem('no-manifest-file', message, suggestion);
  }
  return textsOf(direct.map((file) => join(path, file)));
}

function textsOf(files: readonly string[]): EntryTexts {
  const texts: ManifestText[] = [];
  const problems: EntryProblem[] = [];
  for (const file of files) {
    const read = readText(file, { ...limits, wanted: 'a file of manifests' });
    if ('text' in read) {
      texts.push({ file, text: read.text });
    } else {
      problems.push({ id: 'no-manifest-file', message: `${file} ${read.problem.reason}` });
    }
  }
  return { texts, problems, files };
}

function built(folder: string): EntryTexts {
  const tool = kustomizeTool();
  return tool === undefined
    ? problem(
        'no-kustomize',
        `${folder} is a kustomization, and neither kustomize nor kubectl is on the path`,
        'install kubectl',
      )
    : rendered(buildKustomization(tool, folder), 'kustomize-failed', filesBelow(folder));
}

export interface ChartEntry {
  /** As it is written. */
  readonly helm: string;
  /** Folder or archive. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  readonly values: readonly string[];
}

/** What `helm template` makes of a chart. */
export function chartTexts({ helm, chart, values, ...names }: ChartEntry): EntryTexts {
  const missing = [chart, ...values].filter((path) => !['file', 'folder'].includes(String(kindOf(path))));
  if (missing.length > 0) {
    const suggestion = 'write: a path from the folder of this configuration';
    const remote = /^[a-z]+:\/\//.test(helm) ? `run: helm pull ${helm}, and name the archive` : undefined;
    const problems = missing.map((path) => ({
      id: 'no-manifest-file',
      message: `${remote !== undefined && path === chart ? helm : path} does not exist as a local file or folder`,
      suggestion: path === chart && remote !== undefined ? remote : suggestion,
    }));
    return { texts: [], problems, files: [] };
  }
  if (!isOnPath('helm')) {
    const message = `${chart} is a chart, and there is no helm on the path to render it`;
    return problem('no-helm', message, 'install helm 3: https://helm.sh/docs/intro/install/');
  }
  // A relative path without ./ may be the name of a repository.
  return rendered(helmTemplate({ chart: isAbsolute(chart) ? chart : `./${chart}`, values, ...names }), 'helm-failed', [
    ...(kindOf(chart) === 'folder' ? filesBelow(chart) : [chart]),
    ...values,
  ]);
}

const rendered = (result: Rendering, id: string, files: readonly string[]): EntryTexts =>
  'problem' in result
    ? { texts: [], problems: [{ id, message: result.problem }], files }
    : { texts: [result], problems: [], files };

const problem = (id: string, message: string, suggestion?: string): EntryTexts => ({
  texts: [],
  problems: [{ id, message, ...(suggestion === undefined ? {} : { suggestion }) }],
  files: [],
});
