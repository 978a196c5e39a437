import type { SystemConfig } from '../../config/schema/system.ts';
import type { StepName } from '../../run/step.ts';

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
