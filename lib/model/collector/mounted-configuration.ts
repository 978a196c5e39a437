import type { Problem } from '../../problems/problem.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { collectorYamlSchema } from '../../yaml/schema.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, textAt } from '../../yaml/value.ts';
import type { DataLookup } from '../environment/container-environment.ts';
import type { KeyedData } from '../environment/keyed-data.ts';
import type { Workload } from '../workload.ts';
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
  const configurations = workloads.flatMap((workload) =>
    [...new Set(mountedConfigMaps(workload))].flatMap((name) => {
      const data = lookup('ConfigMap', name, workload.namespace);
      return data === undefined
        ? []
        : reader.configurationsIn(data).map((found) => ({ ...found, workload, configMap: data.manifest }));
    }),
  );
  return { configurations, problems: reader.problems };
}

const mountedConfigMaps = (workload: Workload): string[] =>
  listAt(workload.podTemplate, 'spec', 'volumes').flatMap((volume) =>
    [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source) => textAt(source, 'configMap', 'name') ?? []),
  );

interface Configuration {
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
      ? [{ config, document: data.manifest.embedded(['data', key], text, config) }]
      : [];
  }
}
