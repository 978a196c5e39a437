import type { SystemConfig } from '../../config/schema/system.ts';
import type { StepName } from '../../run/context.ts';

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

/** Whether the system has a collector of its own, however it is installed. */
export const writesCollector = ({ config }: Pick<Scope, 'config'>): boolean => config.collector.delivery !== 'existing';

export const installsOperator = (scope: Scope): boolean =>
  runs(scope, 'operator') && scope.config.deploy.operator.enabled;

export const usesHelm = (scope: Scope): boolean => installsCollector(scope) || installsOperator(scope);
