import { join } from 'node:path';
import type { Manifest } from '../../model/manifest.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { DeployContext } from '../../run/context.ts';
import { clusterFault, refusedRight } from '../../run/kube/error-output.ts';
import { distManifests, gitopsFolder } from '../../run/kube/manifests.ts';
import { identity, type ObjectName } from '../../run/kube/objects.ts';
import { ifReachable } from '../../run/kube/read.ts';
import { liveTwins, type Twins } from '../steps/apply/existing-objects.ts';
import { type Earlier, earlierObjects, findEarlier } from '../steps/collector/legacy.ts';
import { type ApiResources, apiResources } from './api-resources.ts';
import type { Check, Facility, Findings } from './check.ts';
import { runs, type Scope } from './check.ts';

export interface InquiryProps {
  readonly context: DeployContext;
  readonly scope: Scope;
  /** Who finds out whether something is there. */
  readonly gates: Readonly<Record<Facility, Check>>;
}

/** What all checks of one run share: each thing is looked up once, and only when somebody wants to know. */
export class Inquiry {
  readonly context: DeployContext;
  readonly scope: Scope;
  private readonly gates: Readonly<Record<Facility, Check>>;
  private readonly results = new Map<Check, Promise<Findings>>();
  private resources: Promise<ApiResources> | undefined;
  private twinsThere: Promise<Twins[]> | undefined;
  private earlier: Promise<Earlier> | undefined;
  private read: readonly Manifest[] | undefined;
  private written: readonly Manifest[] | undefined;

  constructor({ context, scope, gates }: InquiryProps) {
    this.context = context;
    this.scope = scope;
    this.gates = gates;
  }

  /** What a check has found; nothing where it could not look. */
  result(check: Check): Promise<Findings> {
    const known = this.results.get(check) ?? this.ask(check);
    this.results.set(check, known);
    return known;
  }

  /** What all checks have found that were asked for, also those that only another one wanted to know of. */
  all(): Promise<Findings[]> {
    return Promise.all(this.results.values());
  }

  async has(facility: Facility): Promise<boolean> {
    const { problems = [], isAbsent = false } = await this.result(this.gates[facility]);
    return problems.length === 0 && !isAbsent;
  }

  /** The manifests of the system, whoever applies them. */
  get manifests(): readonly Manifest[] {
    this.read ??= distManifests(this.context.dist);
    return this.read;
  }

  /** The manifests that this run writes itself: of a GitOps tool's what the tool is told, and the namespaces. */
  get applied(): readonly Manifest[] {
    this.written ??= this.findApplied();
    return this.written;
  }

  /** The kinds that the cluster knows. */
  get kinds(): Promise<ApiResources> {
    this.resources ??= apiResources(this.context);
    return this.resources;
  }

  /** The manifests that this run writes and whose objects are there already. */
  get twins(): Promise<Twins[]> {
    this.twinsThere ??= liveTwins(this);
    return this.twinsThere;
  }

  /** What an earlier installation left. */
  get left(): Promise<Earlier> {
    this.earlier ??= findEarlier(this.context);
    return this.earlier;
  }

  /** Those twins that are not of an earlier installation, which is told as a whole. */
  async untoldTwins(): Promise<Twins[]> {
    const left = await ifReachable(() => this.left);
    const told = new Set(left === undefined ? [] : earlierObjects(left).map(identity));
    const releases = (left?.releases ?? []).map(({ release, namespace }) => `${namespace}/${release}`);
    return (await this.twins).filter(({ manifest, live: { metadata } }) => {
      const release = metadata.annotations['meta.helm.sh/release-name'];
      const namespace = metadata.annotations['meta.helm.sh/release-namespace'];
      return !told.has(identity(manifest)) && !releases.includes(`${namespace}/${release}`);
    });
  }

  /** The objects of it, for those who only leave out what is told already. */
  async toldObjects(): Promise<readonly ObjectName[]> {
    const left = await ifReachable(() => this.left);
    return left === undefined ? [] : earlierObjects(left);
  }

  private findApplied(): readonly Manifest[] {
    const folder = gitopsFolder(this.context.config);
    if (folder === undefined) {
      return this.manifests;
    }
    return [
      // The step of the secrets makes them, before the tool does.
      ...(runs(this.scope, 'secrets') ? this.manifests.filter(({ kind }) => kind === 'Namespace') : []),
      ...distManifests(join(this.context.dist, folder)),
    ];
  }

  private async ask(check: Check): Promise<Findings> {
    const there = await Promise.all(check.needs.map((facility) => this.has(facility)));
    if (there.includes(false)) {
      return { isAbsent: true };
    }
    try {
      return await check.look(this);
    } catch (error) {
      if (error instanceof PodhostError) {
        return this.failed(check, error);
      }
      throw error;
    }
  }

  /** A cluster that goes away in the middle is one problem, however many checks notice. */
  private failed({ name }: Check, error: PodhostError): Findings {
    const refused = refusedRight(error);
    if (refused !== undefined) {
      return { notes: [`not checked: ${name}, which needs a right that this user has not: ${refused}`] };
    }
    const { message, problems } = error;
    const fault = /\bkubectl\b/.test(message) ? clusterFault(this.context, message) : undefined;
    return { problems: fault === undefined ? problems : [fault] };
  }
}
