import { templatePath } from '../kubernetes/pod-template.ts';
import { isBesidePath } from './kinds-beside-path.ts';
import type { Model } from './model.ts';
import { isCollectorContainer, mountsCollector } from './spans/collector-container.ts';
import { type ApplicationContainer, applicationContainers } from './spans/instrumentation.ts';
import { memoized } from './spans/memoized.ts';
import { isOffTheShelf } from './spans/off-the-shelf.ts';
import { isUnnamedTemplate } from './unnamed-templates.ts';
import type { Workload } from './workload.ts';

/** What a run judged, and what it did not understand. */
export interface Coverage {
  readonly workloads: {
    /** With an SDK that what was read shows, also one that is switched off. */
    readonly judged: number;
    /** Those of them that are configured with an OTLP endpoint. */
    readonly configured: number;
    /** Titles of those that run a program of the system, of which nothing shows an SDK. */
    readonly notInstrumented: readonly string[];
  };
  readonly collectors: {
    readonly understood: number;
    /** Titles of those whose configuration was not read. */
    readonly notUnderstood: readonly string[];
  };
  /** Objects and files that no judgement takes into account, by kind. */
  readonly notUnderstood: readonly NotUnderstood[];
}

export interface NotUnderstood {
  /** Kind of the objects, or `file`. */
  readonly kind: string;
  readonly names: readonly string[];
}

/** Workloads that run a program of the system of which nothing shows an SDK. */
export const uninstrumentedWorkloads = memoized((model): readonly Workload[] => {
  const containers = byWorkload(model);
  return model.workloads.filter((workload) => {
    const own = containers.get(workload) ?? [];
    const programs = own.filter(({ container }) => !isOffTheShelf(container));
    return programs.length > 0 && own.every(isSilent) && !runsCollector(model, workload);
  });
});

const isSilent = ({ instrumentation }: ApplicationContainer): boolean => instrumentation.kind === 'unknown';

const byWorkload = memoized((model) => {
  const found = new Map<Workload, ApplicationContainer[]>();
  for (const application of applicationContainers(model)) {
    const known = found.get(application.workload) ?? [];
    known.push(application);
    found.set(application.workload, known);
  }
  return found;
});

const runsCollector = (model: Model, workload: Workload): boolean =>
  mountsCollector(model, workload) ||
  workload.containers.some((container) => isCollectorContainer(model, workload, container));

/** What a model covers of what was read. */
export function coverageOf(model: Model): Coverage {
  const judged = [...byWorkload(model)].filter(([, own]) => !own.every(isSilent));
  const configured = judged.filter(([, own]) => own.some(({ settings }) => settings.endpointVariable !== undefined));
  const unread = model.collectors.filter((collector) => collector.unread !== undefined);
  const withoutConfiguration = model.workloads.filter(
    (workload) =>
      !mountsCollector(model, workload) &&
      workload.containers.some((container) => isCollectorContainer(model, workload, container)),
  );
  return {
    workloads: {
      judged: judged.length,
      configured: configured.length,
      notInstrumented: uninstrumentedWorkloads(model).map(({ title }) => title),
    },
    collectors: {
      understood: model.collectors.length - unread.length,
      notUnderstood: [...unread, ...withoutConfiguration].map(({ title }) => title),
    },
    notUnderstood: [...unknownObjects(model), ...unknownFiles(model)],
  };
}

/** Kinds of extensions that are read. */
const readKinds = new Set([
  'Application',
  'ApplicationSet',
  'HelmRelease',
  'HelmChart',
  'HelmChartConfig',
  'ExternalSecret',
  'SealedSecret',
  'Kustomization',
  'OpenTelemetryCollector',
  'Instrumentation',
]);

function unknownObjects({ manifests, workloads }: Model): NotUnderstood[] {
  const running = new Set(workloads.map(({ manifest }) => manifest));
  const kinds = new Map<string, string[]>();
  for (const manifest of manifests) {
    const { isBuiltIn, apiVersion, kind, name } = manifest;
    const isKnown =
      readKinds.has(kind) ||
      running.has(manifest) ||
      templatePath(apiVersion, kind) !== undefined ||
      isBesidePath(apiVersion, kind);
    if (!isBuiltIn && !isKnown) {
      const known = kinds.get(kind) ?? [];
      known.push(name);
      kinds.set(kind, known);
    }
  }
  return [...kinds].map(([kind, names]) => ({ kind, names }));
}

/** Neither manifests nor values, or not readable, or left to another tool. */
function unknownFiles({ unknown, problems, leftOut, unread }: Model): NotUnderstood[] {
  const names = new Set([
    ...unknown.map(({ file }) => file),
    ...leftOut,
    ...[...problems, ...unread.filter((problem) => !isUnnamedTemplate(problem))].flatMap(
      ({ place }) => place?.file ?? [],
    ),
  ]);
  return names.size === 0 ? [] : [{ kind: 'file', names: [...names] }];
}

/** The coverage in one line, for people. */
export function coverageLine({ workloads, collectors, notUnderstood }: Coverage): string {
  const { judged, configured, notInstrumented } = workloads;
  const parts = [
    `${counted(judged, 'workload')} judged, ${configured} configured with OTLP, ${notInstrumented.length} not instrumented`,
    `${counted(collectors.understood, 'collector')} understood${collectors.notUnderstood.length === 0 ? '' : `, ${collectors.notUnderstood.length} not`}`,
    ...(notUnderstood.length === 0
      ? []
      : [`not understood: ${notUnderstood.map(({ kind, names }) => counted(names.length, kind)).join(', ')}`]),
  ];
  return `coverage: ${parts.join('; ')}`;
}

/** The names behind the figures of the line. */
export function coverageDetails({ workloads, collectors, notUnderstood }: Coverage): string[] {
  return [
    listed('not instrumented', workloads.notInstrumented),
    listed('collectors not understood', collectors.notUnderstood),
    ...notUnderstood.map(({ kind, names }) => listed(`not understood, ${kind}`, names)),
  ].flat();
}

const listed = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${what}: ${[...new Set(names)].join(', ')}`];

const counted = (count: number, noun: string): string =>
  `${count} ${count === 1 || /^[A-Z]/.test(noun) ? noun : `${noun}s`}`;
