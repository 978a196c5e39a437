import type { Problem } from '../../problems/problem.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { collectorYamlSchema } from '../../yaml/schema.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, textAt } from '../../yaml/value.ts';
import type { DataLookup } from '../environment/container-environment.ts';
import type { KeyedData } from '../environment/keyed-data.ts';
import type { Workload } from '../workload.ts';
import { commandConfiguration, fileBehind, withSettings } from './command-configuration.ts';
import { type FoundConfiguration, isCollectorConfiguration } from './from-configuration.ts';

export interface MountedConfigurations {
  readonly configurations: readonly FoundConfiguration[];
  /** Those that are more than is read. */
  readonly problems: readonly Problem[];
}

/** The collector configurations in the ConfigMaps that workloads mount. */
export function mountedConfigurations(
  workloads: readonly Workload[],
  lookup: DataLookup,
  budget: ValueBudget,
): MountedConfigurations {
  const reader = new Reader(budget);
  const configurations = workloads.flatMap((workload) => {
    const all = [...new Set(mountedConfigMaps(workload))].flatMap((name) => {
      const data = lookup('ConfigMap', name, workload.namespace);
      return data === undefined
        ? []
        : reader.configurationsIn(data).map((found) => ({ ...found, workload, configMap: data.manifest }));
    });
    return all.length === 0 ? reader.brokenFiles(workload, lookup) : usedConfigurations(workload, all);
  });
  return { configurations, problems: reader.problems };
}

type Mounted = FoundConfiguration & { readonly key: string };

/** Those that the command names, with its single settings; all of them where it names none that is mounted. */
function usedConfigurations(workload: Workload, all: readonly Mounted[]): readonly FoundConfiguration[] {
  const commands = workload.containers.map((container) => {
    const { sources, settings } = commandConfiguration(container);
    const files = sources.map((source) => {
      const file = fileBehind(workload, container, source.value);
      const isFile = ({ configMap, key }: Mounted) => configMap.name === file?.configMap && key === file.key;
      return { source, found: file && all.find(isFile) };
    });
    return { settings, files };
  });
  const command = commands.find(({ files }) => files.some(({ found }) => found !== undefined));
  const [first] = command?.files.flatMap(({ found }) => found ?? []) ?? [];
  if (command === undefined || first === undefined) {
    return all;
  }
  const { files, settings } = command;
  const [other] = files.filter(({ found }) => found !== first);
  const config = withSettings(first.config, settings);
  return other === undefined
    ? [{ ...first, config }]
    : [
        {
          ...first,
          config,
          open: {
            kind: 'elsewhere',
            reason: `its command merges ${files.map(({ source }) => source.value).join(', ')}`,
            place: workload.manifest.place(other.source.path),
          },
        },
      ];
}

const mountedConfigMaps = (workload: Workload): string[] =>
  listAt(workload.podTemplate, 'spec', 'volumes').flatMap((volume) =>
    [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source) => textAt(source, 'configMap', 'name') ?? []),
  );

interface Configuration {
  readonly key: string;
  readonly config: Mapping;
  readonly document: SourceDocument;
}

class Reader {
  readonly problems: Problem[] = [];
  /** Many workloads may mount one ConfigMap. */
  private readonly known = new Map<KeyedData, readonly Configuration[]>();

  constructor(private readonly budget: ValueBudget) {}

  configurationsIn(data: KeyedData): readonly Configuration[] {
    const found = this.known.get(data) ?? data.keys.flatMap((key) => this.configurationAt(data, key));
    this.known.set(data, found);
    return found;
  }

  /** Reports files that the command names and that are no YAML: with these a collector does not start. */
  brokenFiles(workload: Workload, lookup: DataLookup): [] {
    for (const container of workload.containers) {
      for (const { value } of commandConfiguration(container).sources) {
        const file = fileBehind(workload, container, value);
        const data = file && lookup('ConfigMap', file.configMap, workload.namespace);
        const text = file && data?.value(file.key);
        const parsed = text === undefined ? undefined : parseYaml(text, collectorYamlSchema, this.budget);
        if (file !== undefined && data !== undefined && parsed !== undefined && 'error' in parsed && !parsed.isExcess) {
          const place = data.manifest.placeOfLine(['data', file.key], parsed.line - 1);
          this.problems.push({ code: 'lint/valid-yaml', message: parsed.error, place });
        }
      }
    }
    return [];
  }

  /** Most ConfigMaps hold other things than YAML. */
  private configurationAt(data: KeyedData, key: string): Configuration[] {
    const text = data.value(key);
    if (text?.includes('pipelines') !== true || this.budget.isSpent) {
      return [];
    }
    const parsed = parseYaml(text, collectorYamlSchema, this.budget);
    if ('error' in parsed) {
      if (parsed.isExcess) {
        const place = data.manifest.placeOfLine(['data', key], parsed.line - 1);
        this.problems.push({ code: 'lint/valid-yaml', message: parsed.error, place });
      }
      return [];
    }
    const config = parsed.value;
    return isMapping(config) && isCollectorConfiguration(config)
      ? [{ key, config, document: data.manifest.embedded(['data', key], text, config) }]
      : [];
  }
}
