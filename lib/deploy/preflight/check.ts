import type { SystemConfig } from '../../config/schema/system.ts';
import type { Problem } from '../../problems/problem.ts';
import type { CommandResult } from '../../run/command/command.ts';
import type { StepName } from '../../run/step.ts';
import type { Inquiry } from './preflight-run.ts';

/** What something else must be there for. */
export type Facility = 'dist' | 'kubectl' | 'helm' | 'host' | 'cluster';

/** What a look has brought. */
export interface Findings {
  /**
   * What keeps the deployment from succeeding.
   *
   * @default - nothing does
   */
  readonly problems?: readonly Problem[];
  /**
   * What is good to know, and keeps nothing from succeeding.
   *
   * @default - nothing
   */
  readonly notes?: readonly string[];
  /**
   * Whether what the check looks for is not there, without that being a problem: a step brings it.
   *
   * @default false
   */
  readonly isAbsent?: boolean;
}

/** One thing that can be known before anything is changed. */
export interface Check {
  /** What is looked at, e.g. `nodes`. */
  readonly name: string;
  /** What must be there to look. Where it is not, that was reported, and this check says nothing. */
  readonly needs: readonly Facility[];
  /** Whether the steps that run depend on it. */
  isNeeded(scope: Scope): boolean;
  /**
   * Looks, and changes nothing.
   *
   * @throws PodhostError when looking itself failed
   */
  look(inquiry: Inquiry): Promise<Findings>;
}

/** What a run is going to do. */
export interface Scope {
  readonly config: SystemConfig;
  /** Where images are built and k3s runs; undefined when that is this machine. */
  readonly host: string | undefined;
  /** Whether what an earlier installation left is removed. */
  readonly migrate: boolean;
  readonly steps: ReadonlySet<StepName>;
  /** Whether somebody is there to be asked for values of secrets. */
  readonly canAsk: boolean;
}

const clusterSteps: readonly StepName[] = ['secrets', 'collector', 'operator', 'apply', 'restart', 'verify'];

export const runs = ({ steps }: Scope, ...names: readonly StepName[]): boolean => names.some((name) => steps.has(name));

/** Whether the run talks to a cluster. */
export const usesCluster = (scope: Scope): boolean => runs(scope, ...clusterSteps);

/** Whether the run works on the host; a step without anything in the configuration does nothing. */
export const usesHost = (scope: Scope): boolean => installsK3s(scope) || buildsImages(scope) || stopsCompose(scope);

export const installsK3s = (scope: Scope): boolean => runs(scope, 'k3s') && scope.config.deploy.k3s !== undefined;

export const stopsCompose = (scope: Scope): boolean =>
  runs(scope, 'compose') && scope.config.deploy.compose !== undefined;

export const buildsImages = (scope: Scope): boolean =>
  runs(scope, 'images') && scope.config.deploy.images.folder !== undefined;

/** Whether the collector is installed by helm here; as manifests it comes with the others, or a GitOps tool does it. */
export const installsCollector = (scope: Scope): boolean =>
  runs(scope, 'collector') && scope.config.collector.delivery === 'helm-values' && scope.config.gitops === undefined;

export const installsOperator = (scope: Scope): boolean =>
  runs(scope, 'operator') && scope.config.deploy.operator.enabled;

export const usesHelm = (scope: Scope): boolean => installsCollector(scope) || installsOperator(scope);

/** A release, as far as it matters. */
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

/** A program that a step needs, and that does not run. */
export function missingTool(program: string, { stderr }: CommandResult, install: string): Problem {
  const [why = ''] = stderr.trim().split('\n');
  return {
    code: `deploy/no-${program}`,
    message: why.includes(program) ? why : `${program} does not run${why === '' ? '' : `: ${why}`}`,
    suggestion: install,
  };
}

/** A program that is too old to do what a step asks of it. */
export const oldTool = (program: string, found: string, oldest: Version, install: string): Problem => ({
  code: `deploy/old-${program}`,
  message: `${program} ${found} is older than ${written(oldest)}, and cannot do all that is asked of it`,
  suggestion: install,
});
