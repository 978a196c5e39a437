import type { SystemConfig } from '../../config/schema/system.ts';
import type { Problem } from '../../problems/problem.ts';
import type { CommandResult } from '../../run/command/command.ts';
import type { StepName } from '../../run/step.ts';
import type { PreflightContext } from './preflight-context.ts';

/** What a check needs before it can run. */
export type Prerequisite = 'dist' | 'kubectl' | 'helm' | 'host' | 'cluster';

/** Result of a preflight check. */
export interface CheckResult {
  /**
   * Problems that would make the deployment fail.
   *
   * @default - none
   */
  readonly problems?: readonly Problem[];
  /**
   * Notes for the user that do not stop the deployment.
   *
   * @default - none
   */
  readonly notes?: readonly string[];
  /**
   * Whether the prerequisite is missing without being a problem, because a step creates it.
   *
   * @default false
   */
  readonly isAbsent?: boolean;
}

/** A check that runs before the first change. */
export interface Check {
  /** The subject of the check, e.g. `the nodes`. */
  readonly name: string;
  /** Prerequisites. When one is missing, its own check reports that and this check is skipped. */
  readonly needs: readonly Prerequisite[];
  /** Whether a step of the run depends on the check. */
  isNeeded(scope: Scope): boolean;
  /**
   * Runs the check without changing anything.
   *
   * @throws PodhostError when a lookup failed
   */
  run(preflight: PreflightContext): Promise<CheckResult>;
}

/** Scope of a run. */
export interface Scope {
  readonly config: SystemConfig;
  /** Machine that builds the images and runs k3s; undefined for this machine. */
  readonly host: string | undefined;
  /** Whether a legacy installation is removed. */
  readonly migrate: boolean;
  readonly steps: ReadonlySet<StepName>;
  /** Whether missing values of secrets can be asked for. */
  readonly canAsk: boolean;
}

const clusterSteps: readonly StepName[] = ['secrets', 'collector', 'operator', 'apply', 'restart', 'verify'];

export const runs = ({ steps }: Scope, ...names: readonly StepName[]): boolean => names.some((name) => steps.has(name));

/** Whether the run needs the cluster. */
export const usesCluster = (scope: Scope): boolean => runs(scope, ...clusterSteps);

/** Whether the run needs the host. A step that is not configured does nothing. */
export const usesHost = (scope: Scope): boolean => installsK3s(scope) || buildsImages(scope) || stopsCompose(scope);

export const installsK3s = (scope: Scope): boolean => runs(scope, 'k3s') && scope.config.deploy.k3s !== undefined;

export const stopsCompose = (scope: Scope): boolean =>
  runs(scope, 'compose') && scope.config.deploy.compose !== undefined;

export const buildsImages = (scope: Scope): boolean =>
  runs(scope, 'images') && scope.config.deploy.images.folder !== undefined;

/** Whether this run installs the collector by helm. Otherwise the manifests contain it, or a GitOps tool installs it. */
export const installsCollector = (scope: Scope): boolean =>
  runs(scope, 'collector') && scope.config.collector.delivery === 'helm-values' && scope.config.gitops === undefined;

export const installsOperator = (scope: Scope): boolean =>
  runs(scope, 'operator') && scope.config.deploy.operator.enabled;

export const usesHelm = (scope: Scope): boolean => installsCollector(scope) || installsOperator(scope);

/** Major and minor version. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** The first version in a text, such as `v1.34.4+k3s1` or `Docker version 27.1.0, build x`. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor] = /\bv?(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

export const isOlder = (one: Version, other: Version): boolean =>
  one.major === other.major ? one.minor < other.minor : one.major < other.major;

export const written = ({ major, minor }: Version): string => `${major}.${minor}`;

/** The problem of a program that is missing or does not run. */
export function missingTool(program: string, { stderr }: CommandResult, install: string): Problem {
  const [why = ''] = stderr.trim().split('\n');
  return {
    code: `deploy/no-${program}`,
    message: why.includes(program) ? why : `${program} does not run${why === '' ? '' : `: ${why}`}`,
    suggestion: install,
  };
}

/** The problem of a program that is too old. */
export const oldTool = (program: string, found: string, oldest: Version, install: string): Problem => ({
  code: `deploy/old-${program}`,
  message: `${program} ${found} is older than ${written(oldest)}, the oldest supported version`,
  suggestion: install,
});
