import { join } from 'node:path';
import type { Manifest } from '../../model/manifest.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { connectionProblem, deniedPermission } from '../../run/kube/error-output.ts';
import { distManifests, gitopsFolder, identity, type ObjectName } from '../../run/kube/objects.ts';
import { ifReachable } from '../../run/kube/read.ts';
import { findLegacy, type LegacyInstallation, legacyObjects } from '../steps/collector/legacy.ts';
import { type ApiResources, apiResources } from './api-resources.ts';
import { type ExistingObject, findExistingObjects } from './existing-objects.ts';
import { runs, type Scope } from './scope.ts';

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

export interface PreflightContextProps {
  readonly context: DeployContext;
  readonly scope: Scope;
  /** The check of each prerequisite. */
  readonly prerequisiteChecks: Readonly<Record<Prerequisite, Check>>;
}

/** State that the checks of one run share. Every lookup is lazy and memoized. */
export class PreflightContext {
  readonly context: DeployContext;
  readonly scope: Scope;
  private readonly prerequisiteChecks: Readonly<Record<Prerequisite, Check>>;
  private readonly results = new Map<Check, Promise<CheckResult>>();
  private resources: Promise<ApiResources> | undefined;
  private existing: Promise<ExistingObject[]> | undefined;
  private legacyInstallation: Promise<LegacyInstallation> | undefined;
  private read: readonly Manifest[] | undefined;
  private written: readonly Manifest[] | undefined;

  constructor({ context, scope, prerequisiteChecks }: PreflightContextProps) {
    this.context = context;
    this.scope = scope;
    this.prerequisiteChecks = prerequisiteChecks;
  }

  /** The result of a check; absent when a prerequisite is missing. */
  result(check: Check): Promise<CheckResult> {
    const known = this.results.get(check) ?? this.runCheck(check);
    this.results.set(check, known);
    return known;
  }

  /** The results of all checks that ran, including prerequisites of other checks. */
  all(): Promise<CheckResult[]> {
    return Promise.all(this.results.values());
  }

  async has(prerequisite: Prerequisite): Promise<boolean> {
    const { problems = [], isAbsent = false } = await this.result(this.prerequisiteChecks[prerequisite]);
    return problems.length === 0 && !isAbsent;
  }

  /** All manifests of the system. */
  get manifests(): readonly Manifest[] {
    this.read ??= distManifests(this.context.dist);
    return this.read;
  }

  /** The manifests that this run applies itself. With a GitOps tool these are its configuration and the namespaces. */
  get applied(): readonly Manifest[] {
    this.written ??= this.findApplied();
    return this.written;
  }

  /** The resources of the cluster. */
  get kinds(): Promise<ApiResources> {
    this.resources ??= apiResources(this.context);
    return this.resources;
  }

  /** The manifests that this run applies and whose objects exist. */
  get existingObjects(): Promise<ExistingObject[]> {
    this.existing ??= this.kinds.then((kinds) => findExistingObjects(this.context, this.applied, kinds));
    return this.existing;
  }

  /** The legacy installation. */
  get legacy(): Promise<LegacyInstallation> {
    this.legacyInstallation ??= findLegacy(this.context);
    return this.legacyInstallation;
  }

  /** The existing objects without those of a legacy installation, which another check reports. */
  async unreportedObjects(): Promise<ExistingObject[]> {
    const legacy = await ifReachable(() => this.legacy);
    const reported = new Set(legacy === undefined ? [] : legacyObjects(legacy).map(identity));
    const releases = (legacy?.releases ?? []).map(({ release, namespace }) => `${namespace}/${release}`);
    return (await this.existingObjects).filter(({ manifest, live: { metadata } }) => {
      const release = metadata.annotations['meta.helm.sh/release-name'];
      const namespace = metadata.annotations['meta.helm.sh/release-namespace'];
      return !reported.has(identity(manifest)) && !releases.includes(`${namespace}/${release}`);
    });
  }

  /** The objects of the legacy installation, for checks that leave them out. */
  async legacyObjects(): Promise<readonly ObjectName[]> {
    const legacy = await ifReachable(() => this.legacy);
    return legacy === undefined ? [] : legacyObjects(legacy);
  }

  private findApplied(): readonly Manifest[] {
    const folder = gitopsFolder(this.context.config);
    if (folder === undefined) {
      return this.manifests;
    }
    return [
      // The step secrets creates the namespaces before the tool does.
      ...(runs(this.scope, 'secrets') ? this.manifests.filter(({ kind }) => kind === 'Namespace') : []),
      ...distManifests(join(this.context.dist, folder)),
    ];
  }

  private async runCheck(check: Check): Promise<CheckResult> {
    const present = await Promise.all(check.needs.map((prerequisite) => this.has(prerequisite)));
    if (present.includes(false)) {
      return { isAbsent: true };
    }
    try {
      return await check.run(this);
    } catch (error) {
      if (error instanceof PodhostError) {
        return this.errorResult(check, error);
      }
      throw error;
    }
  }

  /** A cluster that becomes unreachable is reported as one problem by all checks. */
  private errorResult({ name }: Check, error: PodhostError): CheckResult {
    const denied = deniedPermission(error);
    if (denied !== undefined) {
      return { notes: [`not checked: ${name}, because this user lacks a permission: ${denied}`] };
    }
    const { message, problems } = error;
    const connection = /\bkubectl\b/.test(message) ? connectionProblem(this.context, message) : undefined;
    return { problems: connection === undefined ? problems : [connection] };
  }
}
