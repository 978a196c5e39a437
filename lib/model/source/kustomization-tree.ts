import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseYaml } from '../../yaml/parse.ts';
import { kubernetesSchema } from '../../yaml/schema.ts';
import { listAt, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import { changesContent, kustomizationNames, kustomizedResources, patchesOf } from './unrendered.ts';

/** A kustomization with all that it is made of. */
export interface KustomizationTree {
  /** Absolute paths of its files, and of those of the kustomizations below it. */
  readonly files: ReadonlySet<string>;
  /** Whether it or one below it changes the content of objects. */
  readonly isChanging: boolean;
  /** Why it cannot be built from local files alone; undefined where it can. */
  readonly obstacle: string | undefined;
}

/** Folders of one kustomization: more are no real one, and would take long. */
const maximumFolders = 500;

/** Follows a kustomization to every file that it names. Nothing remote is asked for. */
export function kustomizationTree(folder: string): KustomizationTree {
  const files = new Set<string>();
  const folders = new Set([resolve(folder)]);
  let isChanging = false;
  let obstacle: string | undefined;
  const visit = (at: string) => {
    const file = kustomizationNames.map((name) => join(at, name)).find((path) => existsSync(path));
    const value = file === undefined ? undefined : read(file);
    if (file === undefined || value === undefined) {
      obstacle ??= `${at} has no kustomization that can be read`;
      return;
    }
    files.add(file);
    isChanging ||= changesContent({ value });
    if (valueAt(value, 'helmCharts') !== undefined || valueAt(value, 'helmChartInflationGenerator') !== undefined) {
      obstacle ??= `${file} renders a chart with helm`;
    }
    for (const entry of [...kustomizedResources({ value }), ...patchesOf({ value }), ...generatorFiles(value)]) {
      const path = resolve(at, entry);
      // A text with line breaks is a patch that stands in the kustomization itself.
      if (entry.includes('\n')) {
        continue;
      }
      if (!existsSync(path)) {
        obstacle ??= `${file} refers to ${entry}, which is no local file or folder`;
      } else if (statSync(path).isDirectory()) {
        folders.add(path);
      } else {
        files.add(path);
      }
    }
  };
  for (const each of folders) {
    if (folders.size > maximumFolders) {
      obstacle ??= `it is made of more than ${maximumFolders} folders`;
      break;
    }
    visit(each);
  }
  return { files, isChanging, obstacle };
}

function read(file: string): unknown {
  try {
    const parsed = parseYaml(readFileSync(file, 'utf8'), kubernetesSchema);
    return 'error' in parsed ? undefined : (parsed.value ?? {});
  } catch {
    return undefined;
  }
}

/** Files that become data of ConfigMaps and Secrets, each perhaps behind the name of its key. */
const generatorFiles = (value: unknown): string[] => [
  ...['configMapGenerator', 'secretGenerator'].flatMap((key) =>
    listAt(value, key).flatMap((entry) => [
      ...['files', 'envs'].flatMap((list) => textListAt(entry, list).map((file) => file.replace(/^[^=]*=/, ''))),
      ...(textAt(entry, 'env') === undefined ? [] : [textAt(entry, 'env') ?? '']),
    ]),
  ),
  ...textListAt(value, 'crds'),
  ...(textAt(value, 'openapi', 'path') === undefined ? [] : [textAt(value, 'openapi', 'path') ?? '']),
];
