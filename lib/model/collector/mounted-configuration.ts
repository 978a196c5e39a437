import { parseYaml } from '../../yaml/parse.ts';
import { collectorSchema } from '../../yaml/schema.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, textAt } from '../../yaml/value.ts';
import type { DataLookup } from '../environment/container-environment.ts';
import type { KeyedData } from '../environment/keyed-data.ts';
import type { Workload } from '../workload.ts';
import { type FoundConfiguration, isCollectorConfiguration } from './from-configuration.ts';

/** The collector configurations in the ConfigMaps that a workload mounts. */
export function configurationOf(workload: Workload, lookup: DataLookup): FoundConfiguration[] {
  return [...new Set(mountedConfigMaps(workload))].flatMap((name) => {
    const data = lookup('ConfigMap', name, workload.namespace);
    return data === undefined
      ? []
      : configurationsIn(data).map((found) => ({ ...found, workload, configMap: data.manifest }));
  });
}

const mountedConfigMaps = (workload: Workload): string[] =>
  listAt(workload.podTemplate, 'spec', 'volumes').flatMap((volume) =>
    [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source) => textAt(source, 'configMap', 'name') ?? []),
  );

interface Configuration {
  readonly config: Mapping;
  readonly document: SourceDocument;
}

/** Many workloads may mount one ConfigMap. */
const known = new WeakMap<KeyedData, readonly Configuration[]>();

function configurationsIn(data: KeyedData): readonly Configuration[] {
  const found = known.get(data) ?? data.keys.flatMap((key) => configurationAt(data, key));
  known.set(data, found);
  return found;
}

/** Most ConfigMaps hold other things than YAML. */
function configurationAt(data: KeyedData, key: string): Configuration[] {
  const text = data.value(key);
  if (text?.includes('pipelines') !== true) {
    return [];
  }
  const parsed = parseYaml(text, collectorSchema);
  const config = 'value' in parsed ? parsed.value : undefined;
  return isMapping(config) && isCollectorConfiguration(config)
    ? [{ config, document: data.manifest.embedded(['data', key], text, config) }]
    : [];
}
