import { toYaml } from '../yaml/to-yaml.ts';
import { textAt } from '../yaml/value.ts';
import type { InstrumentedSources } from './instrument-sources.ts';
import type { ProposedEntry } from './proposed-manifests.ts';
import type { ObjectResult } from './text/instrument-text.ts';

/** What a configuration needs and manifests do not show. */
export interface StartingConfigProps {
  readonly domain: string;
  readonly clusterName: string;
  readonly environment: string;
  /** @default - the namespace of most workloads */
  readonly namespace?: string;
  /** @default - the name of the namespace */
  readonly name?: string;
  /** Entries of `manifests`, with paths from the folder of the file. */
  readonly manifests: readonly ProposedEntry[];
}

/** The smallest configuration for workloads that exist, and what was found of them. */
export interface StartingConfig {
  /** Undefined where no manifest names one. */
  readonly namespace: string | undefined;
  readonly text: string;
  readonly notes: readonly string[];
}

/** Writes a configuration without services: the workloads stay as they are, and get their telemetry and what is around them. */
export function startingConfig({ files }: InstrumentedSources, props: StartingConfigProps): StartingConfig {
  const objects = files.flatMap((file) => file.objects);
  const workloads = objects.filter(({ status }) => status === 'instrumented' || status === 'already right');
  const namespaces = frequencies(workloads.flatMap(({ object }) => textAt(object, 'metadata', 'namespace') ?? []));
  const namespace = props.namespace ?? namespaces[0]?.[0];
  const name = props.name ?? namespace ?? '';
  const config = {
    name,
    namespace,
    environment: props.environment,
    clusterName: props.clusterName,
    coralogix: { domain: props.domain, applicationName: name },
    configMap: { name: `${name}-telemetry` },
    ...(props.manifests.length === 0 ? {} : { manifests: props.manifests }),
  };
  const comment =
    props.manifests.length === 0
      ? '# The system around workloads that exist: podhost instrument gives them their variables.'
      : '# A system of manifests that exist: podhost synth writes them with their telemetry, and leaves the files as they are.';
  const others = namespaces.filter(([other]) => other !== namespace);
  return {
    namespace,
    text: `${comment}\n${toYaml(config)}`,
    notes: [
      workloads.length === 0
        ? 'no workload that may send spans was found'
        : `workloads that may send spans (${workloads.length}): ${described(workloads)}`,
      ...collectors(objects),
      ...others.map(
        ([other, count]) =>
          `namespace ${other} has ${count} of them${props.manifests.length === 0 ? ' and needs the Service of 10-collector-endpoint.yaml as well' : ''}`,
      ),
    ],
  };
}

/** `web (nodejs), api (language not known)`. */
const described = (workloads: readonly ObjectResult[]): string =>
  workloads
    .map(({ name, plan }) => {
      const languages = new Set(
        (plan?.containers ?? [])
          .filter(({ skipped }) => skipped === undefined)
          .map(({ language }) => language?.language ?? 'language not known'),
      );
      return `${name} (${[...languages].join(', ')})`;
    })
    .join(', ');

const collectors = (objects: readonly ObjectResult[]): string[] =>
  objects
    .filter(({ skipped }) => skipped?.code === 'collector')
    .map(
      ({ kind, name }) =>
        `${kind} ${name} is a collector that stands there already; it stays, and spans do not pass it`,
    );

/** Values by how often they occur, most often first. */
function frequencies(values: readonly string[]): (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en'));
}
