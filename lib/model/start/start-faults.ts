import { findDimensionClashes, isRefusedClash } from '../../pipeline/dimension-clashes.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { isMapping, textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { type DimensionList, dimensionLists } from '../collector/dimension-lists.ts';
import { configuredCollectors, type PartProblem, type PlacedProblem, placedProblems } from '../collector/part.ts';
import { missingData } from '../environment/data-references.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import { wrongBatchSizes } from './batch-sizes.ts';
import { wrongReferences } from './component-references.ts';
import { wrongExporters } from './coralogix-exporters.ts';
import { refusedAccess } from './host-access.ts';
import { missingKeys } from './key-variables.ts';
import { wrongMemoryLimits } from './memory-limiter.ts';
import { withoutReplicas } from './no-replicas.ts';
import { forbiddenDetector } from './node-detector.ts';
import { wrongPatternGroups } from './pattern-groups.ts';
import { refusingNamespaces } from './pod-security.ts';
import { type RefusedValue, refusedValues } from './refused-values.ts';
import { removedComponents } from './removed-components.ts';
import { wrongSamplingPolicies } from './sampling-policies.ts';
import type { StartCause, StartFault } from './start-fault.ts';
import { usedPorts } from './used-ports.ts';

/** What keeps each collector from running; what lint reports, and why `explain` and `forecast` follow no span there. */
export const startFaults = memoized((model): ReadonlyMap<Collector, readonly StartFault[]> => {
  const found = new Map<Collector, StartFault[]>();
  for (const fault of [...ofInstallations(model), ...ofCollectors(model), ...ofConfigurations(model)]) {
    const known = found.get(fault.collector) ?? [];
    known.push(fault);
    found.set(fault.collector, known);
  }
  return found;
});

/** What keeps a collector from running: what is certain first. */
export const startFaultsOf = (model: Model, collector: Collector): readonly StartFault[] =>
  startFaults(model).get(collector) ?? [];

/** All faults of one cause, in the order of the collectors. */
export const startFaultsBy = (model: Model, cause: StartCause): StartFault[] =>
  model.collectors.flatMap((collector) => startFaultsOf(model, collector).filter((fault) => fault.cause === cause));

const faults = (collector: Collector, cause: StartCause, problems: readonly PlacedProblem[]): StartFault[] =>
  problems.map((problem) => ({ ...problem, collector, cause }));

/** Of values that helm refuses, no collector is installed. */
function ofInstallations(model: Model): StartFault[] {
  const refused = new Map<unknown, PlacedProblem>();
  for (const value of refusedValues(model)) {
    for (const rendered of refused.has(value.values) ? [] : value.values.rendering.collectors) {
      refused.set(rendered, refusalProblem(value));
    }
    refused.set(value.values, refusalProblem(value));
  }
  return model.collectors.flatMap((collector) => {
    const problem = collector.rendered === undefined ? undefined : refused.get(collector.rendered);
    return problem === undefined ? [] : faults(collector, 'refused-values', [problem]);
  });
}

const refusalProblem = ({ values, path, by, isOpen }: RefusedValue): PlacedProblem =>
  'message' in by
    ? by
    : {
        message: `helm refuses to install the chart: ${by.reason.split('\n', 1)[0]?.replace(/^- /, '')}`,
        place: values.document.place(path, 'key'),
        ...(isOpen ? { cannotTell: true } : {}),
      };

/** What stands around a configuration. */
const ofCollectors = (model: Model): StartFault[] => [
  ...refusingNamespaces(model).flatMap(({ collector, manifest, level, place }) =>
    faults(collector, 'refused-pods', [
      { message: `namespace ${manifest.name} enforces ${level}, and its pods use their node`, place, manifest },
    ]),
  ),
  ...model.collectors.flatMap((collector) => [
    ...faults(collector, 'refused-access', refusedAccess(model, collector)),
    ...faults(collector, 'no-replicas', withoutReplicas(model, collector)),
    ...faults(collector, 'no-configuration', withoutConfiguration(collector)),
    ...faults(collector, 'no-key', missingKeys(model, collector)),
    ...faults(collector, 'missing-data', withoutData(model, collector)),
    ...faults(collector, 'node-detector', forbiddenDetector(model, collector)),
  ]),
];

function withoutData(model: Model, collector: Collector): PlacedProblem[] {
  const workload = collectorWorkload(model, collector);
  const missing = workload && missingData(model, workload);
  return missing === undefined
    ? []
    : [{ message: missing.message, place: missing.reference.workload.place(missing.reference.keyPath) }];
}

const withoutConfiguration = ({ unread }: Collector): PlacedProblem[] =>
  unread?.kind === 'none'
    ? [{ message: 'configMap.create is off and its command names no configuration', place: unread.place }]
    : [];

type Check = (collector: Collector, model: Model) => readonly PartProblem[];

/** Checks of a configuration that was read. */
const checks: readonly (readonly [StartCause, Check])[] = [
  ['wrong-reference', wrongReferences],
  ['no-consumer', openSpanMetrics],
  ['memory-limiter', wrongMemoryLimits],
  ['batch-size', wrongBatchSizes],
  ['sampling-policy', wrongSamplingPolicies],
  ['exporter-settings', (collector, model) => wrongExporters(model, collector)],
  ['removed-component', (collector, model) => removedComponents(model, collector)],
  ['pattern-group', (collector, model) => wrongPatternGroups(model, collector)],
  ['used-port', usedPorts],
];

const ofConfigurations = (model: Model): StartFault[] => [
  ...configuredCollectors(model).flatMap((collector) =>
    checks.flatMap(([cause, check]) =>
      faults(collector, cause, placedProblems(model, collector, check(collector, model))),
    ),
  ),
  ...dimensionLists(model).flatMap((list) => faults(list.collector, 'refused-dimension', refusedDimensions(list))),
];

function openSpanMetrics({ pipelines, title }: Collector): PartProblem[] {
  const open = spanMetricsConnectors(pipelines.all).filter((id) => pipelines.consumersOf(id).length === 0);
  const [first] = open;
  return first === undefined
    ? []
    : [
        {
          path: ['connectors', first],
          message: `no pipeline of metrics receives ${joinNames(open)} of ${title}`,
          suggestion: `add a pipeline metrics with receivers: [${open.join(', ')}]`,
        },
      ];
}

/** Entries that are no mapping, and names that are there already; one that is equal only as a label is accepted. */
function refusedDimensions({ connector, dimensions, entries, place, manifest }: DimensionList): PlacedProblem[] {
  const names = dimensions.map(({ name }) => name);
  const malformed = entries.flatMap((entry, index) =>
    isDimension(entry)
      ? []
      : [{ index, message: `dimension ${textAt(entry) ?? index + 1} of ${connector} is no mapping with a name` }],
  );
  const clashes = findDimensionClashes(names)
    .filter((clash) => isRefusedClash(clash, names))
    .map(({ index }) => ({
      index,
      message: `${connector} refuses the dimension ${names[index]}, which is there already`,
    }));
  return [...malformed, ...clashes].map(({ index, message }) => ({ message, place: place(index), manifest }));
}

/** Whether the connector accepts an entry of a list of dimensions. */
export const isDimension = (entry: unknown): boolean =>
  isMapping(entry) && ['name', 'glob'].some((key) => textAt(entry, key) !== undefined);
