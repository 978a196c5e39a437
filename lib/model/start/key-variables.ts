import { collectorKeyVariable, collectorSecret } from '../../chart/names.ts';
import { componentType } from '../../pipeline/component.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { PlacedProblem } from '../collector/part.ts';
import type { Model } from '../model.ts';
import { operatorContainer } from '../operator/collector-pods.ts';
import { collectorWorkload, isCollectorContainer } from '../spans/collector-container.ts';
import { type InstalledCollector, installedBy } from '../values/integration-values.ts';

/** Variables that the exporters to Coralogix take their keys from. */
export function keyVariables({ config }: Collector): string[] {
  const exporters = mappingAt(config, 'exporters');
  const names = Object.keys(exporters)
    .filter((id) => componentType(id) === 'coralogix')
    .flatMap((id) => variablesIn(textAt(exporters[id], 'private_key') ?? ''));
  return [...new Set(names)];
}

/** Names in `${env:NAME}` and `${NAME}`, but for those that have a default. */
const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{(?:env:)?([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name);

/** Variables of its key that a collector does not have: the exporter refuses an empty key. */
export function missingKeys(model: Model, collector: Collector): PlacedProblem[] {
  const installed = installedBy(model).get(collector);
  if (installed !== undefined) {
    return inValues(installed, [collectorKeyVariable]);
  }
  const plain = installedPlain(model, collector);
  return plain === undefined ? inManifests(model, collector) : inValues(plain, []);
}

/** Of the plain chart of Coralogix, which has no variables by default. */
function installedPlain({ values }: Model, collector: Collector): InstalledCollector | undefined {
  const { rendered } = collector;
  const source = values.find(({ rendering }) => rendered !== undefined && rendering.collectors.includes(rendered));
  return rendered === undefined || source?.chart !== 'opentelemetry-collector' || source.publisher !== 'coralogix'
    ? undefined
    : {
        alias: rendered.chart.alias,
        document: source.document,
        path: rendered.path,
        values: rendered.values,
        collector,
      };
}

/**
 * Variables of its key that the values of a collector do not give it.
 *
 * @param usual variables that the chart gives it where the values have no list
 */
function missingInValues(
  { collector, document, path, values }: InstalledCollector,
  usual: readonly string[],
): string[] {
  const written = valueAt(document.value, ...path, 'extraEnvs');
  // A whole Secret may hold it.
  const isOpen = values.list('extraEnvsFrom').length > 0;
  const names = written === undefined ? usual : listAt(written).map((entry) => textAt(entry, 'name'));
  return keyVariables(collector).filter((name) => !isOpen && !names.includes(name));
}

const inValues = (installed: InstalledCollector, usual: readonly string[]): PlacedProblem[] =>
  missingInValues(installed, usual).map((name) => ({
    message: `extraEnvs of ${installed.alias} has no ${name}, from which its exporter takes the key`,
    place: installed.document.place([...installed.path, 'extraEnvs'], 'key'),
    suggestion: `add: ${keyEntry(name)}`,
    // What an operator makes may get more than its resource names.
    cannotTell: installed.collector.rendered?.kind === 'OpenTelemetryCollector',
  }));

/** The variable with a key as an entry of a list, to paste. */
export const keyEntry = (name: string): string => {
  const { name: secret, key } = name === collectorKeyVariable ? collectorSecret : { name: 'SECRET', key: 'KEY' };
  return `{ name: ${name}, valueFrom: { secretKeyRef: { name: ${secret}, key: ${key} } } }`;
};

/** What the pods of a configuration that was read have in their environment. */
function inManifests(model: Model, collector: Collector): PlacedProblem[] {
  const workload = collectorWorkload(model, collector);
  const containers = workload?.containers ?? [];
  const isOpen = containers.some(({ value }) => listAt(value, 'envFrom').length > 0);
  const own = workload && containers.find((container) => isCollectorContainer(model, workload, container));
  const missing =
    isOpen || workload === undefined
      ? []
      : keyVariables(collector).filter(
          (name) => !containers.some((container) => model.environment(workload, container).has(name)),
        );
  return missing.length === 0 || own === undefined || workload === undefined
    ? []
    : [
        {
          message: `${collector.title} has no ${joinNames(missing)}, from which its exporter takes the key`,
          place: workload.manifest.place([...own.path, 'env'], 'key'),
          suggestion: `add to its env: ${missing.map(keyEntry).join(', ')}`,
          manifest: workload.manifest,
          // What an operator makes may get more than its resource names.
          cannotTell: own.name === operatorContainer,
        },
      ];
}
