import type { Path } from '../yaml/value.ts';
import { listAt, type Mapping, textAt, valueAt } from '../yaml/value.ts';
import { podTemplatePaths } from './types.ts';

const template: Path = ['spec', 'template'];

/** Where the pod template of a kind stands, by `group/Kind`; the core group is empty. */
const known: Readonly<Record<string, Path>> = {
  '/Pod': [],
  '/ReplicationController': template,
  'apps/Deployment': podTemplatePaths.Deployment,
  'apps/StatefulSet': podTemplatePaths.StatefulSet,
  'apps/DaemonSet': podTemplatePaths.DaemonSet,
  'apps/ReplicaSet': template,
  'batch/Job': podTemplatePaths.Job,
  'batch/CronJob': podTemplatePaths.CronJob,
  'argoproj.io/Rollout': template,
  'serving.knative.dev/Service': template,
  'serving.knative.dev/Configuration': template,
  'apps.openshift.io/DeploymentConfig': template,
};

/** Kinds whose strategic merge is known to kubectl and kustomize; a patch of another kind replaces its whole lists. */
const withSchema = /^(|apps|batch)\//;

/** Groups that had the built-in workloads before `apps` and `batch`. */
const formerGroups = new Set(['extensions', 'apps', 'batch', '']);

/** Template paths of further kinds, by `apiVersion/Kind`, `group/Kind` or `Kind`. */
export type TemplatePaths = ReadonlyMap<string, Path>;

/** A kind of a configuration, and where its pod template stands, as `spec.template`. */
export interface ConfiguredTemplate {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: string;
}

/** The template paths of a configuration. */
export const templatePathsOf = (templates: readonly ConfiguredTemplate[]): TemplatePaths =>
  new Map(templates.map(({ apiVersion, kind, path }) => [`${apiVersion}/${kind}`, pathIn(path)]));

/** The steps of a path that is written as `spec.workers.0.template`. */
export const pathIn = (written: string): Path =>
  written
    .split('.')
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

/**
 * Where the pod template of an object stands.
 *
 * @param others paths that the user gives for further kinds
 * @returns undefined where the kind has none
 */
export function templatePath(apiVersion: string, kind: string, others?: TemplatePaths): Path | undefined {
  const group = groupOf(apiVersion);
  if (others !== undefined) {
    const name = namesOfKind(apiVersion, kind).find((candidate) => others.has(candidate));
    const given = name === undefined ? undefined : others.get(name);
    if (given !== undefined) {
      return given;
    }
  }
  if (Object.hasOwn(known, `${group}/${kind}`)) {
    return known[`${group}/${kind}`];
  }
  const former = formerGroups.has(group) ? ['/', 'apps/', 'batch/'].map((prefix) => known[`${prefix}${kind}`]) : [];
  return former.find((path) => path !== undefined);
}

/** The names that template paths have for a kind, the exact one first. */
export const namesOfKind = (apiVersion: string, kind: string): readonly string[] => [
  `${apiVersion}/${kind}`,
  `${groupOf(apiVersion)}/${kind}`,
  kind,
];

/** Whether kubectl and kustomize merge the containers of a kind by name. */
export const hasMergeSchema = (apiVersion: string, kind: string): boolean =>
  withSchema.test(`${groupOf(apiVersion)}/`) && templatePath(apiVersion, kind) !== undefined;

/** What a configuration can name: API version, kind and path of a pod template. */
export const nameable = {
  apiVersion: /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?v[a-z0-9]+$/,
  kind: /^[A-Z][A-Za-z0-9]*$/,
  path: /^(\.|[A-Za-z0-9][\w-]*(\.[\w-]+)*)$/,
};

/** A pod template in an object of a kind for which no path is known. */
export interface UnnamedTemplate {
  readonly path: Path;
  /** The path as a configuration has it; `.` is the object itself. */
  readonly written: string;
  /** The entry of `templates` that names it, as YAML; undefined where none can. */
  readonly entry: string | undefined;
}

/** The key of a configuration with an entry of `templates`. */
export const templateKey = (entry: string): string => `instrument: { templates: [${entry}] }`;

/** The first pod template of an object of a kind that is not known; undefined where its fields hold none. */
export function unnamedTemplate(object: Mapping): UnnamedTemplate | undefined {
  const found = containersIn(object);
  if (found?.at(-2) !== 'spec') {
    return undefined;
  }
  const path = found.slice(0, -2);
  const written = path.length === 0 ? '.' : path.join('.');
  const [apiVersion = '', kind = ''] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const isNameable =
    nameable.apiVersion.test(apiVersion) &&
    nameable.kind.test(kind) &&
    path.every((step) => !String(step).includes('.')) &&
    nameable.path.test(written);
  const entry = isNameable ? `{ apiVersion: ${apiVersion}, kind: ${kind}, path: ${written} }` : undefined;
  return { path, written, entry };
}

/** Where the first list of containers stands in a value. */
function containersIn(value: unknown, path: Path = []): Path | undefined {
  const here = valueAt(value, ...path);
  if (path.length > 8 || typeof here !== 'object' || here === null) {
    return undefined;
  }
  const containers = listAt(here, 'containers');
  if (containers.some((container) => typeof valueAt(container, 'image') === 'string')) {
    return [...path, 'containers'];
  }
  const steps = Array.isArray(here) ? here.keys() : Object.keys(here);
  for (const step of steps) {
    const found = containersIn(value, [...path, step]);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
