import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Collector } from '../lib/model/collector/collector.ts';
import type { Model } from '../lib/model/model.ts';
import { readModel } from '../lib/model/read-model.ts';
import { collectorWorkload } from '../lib/model/spans/collector-container.ts';

// Compares what the model makes of values of otel-integration with what helm makes of them, for each file:
// node --import tsx scripts/compare-chart.ts FOLDER_OF_THE_CHART VALUES_FILE...

const release = { name: 'coralogix', namespace: 'coralogix' };
const props = { releaseName: release.name, releaseNamespace: release.namespace, namespace: release.namespace };

interface Outcome {
  /** Why helm installs nothing. */
  readonly refusal: string | undefined;
  /** What is installed, a line for each fact. */
  readonly facts: readonly string[];
}

function byHelm(chart: string, file: string): Outcome {
  const { name, namespace } = release;
  const options = ['template', name, chart, '--namespace', namespace, '--values', file];
  const { status, stdout, stderr, error } = spawnSync('helm', options, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error !== undefined) {
    throw error;
  }
  return status === 0
    ? { refusal: undefined, facts: factsOf(readModel([{ file: 'manifests.yaml', text: stdout }], props)) }
    : { refusal: stderr.trim(), facts: [] };
}

function byModel(file: string): Outcome {
  const text = readFileSync(file, 'utf8');
  const model = readModel([{ file, text }], { ...props, valuesFiles: [file] });
  const reasons = [
    ...model.problems.map(({ message }) => message),
    ...model.values.flatMap(({ rendering }) => rendering.refusals.map(({ reason }) => reason)),
  ];
  return reasons.length > 0 ? { refusal: reasons[0], facts: [] } : { refusal: undefined, facts: factsOf(model) };
}

const factsOf = (model: Model): string[] =>
  [
    ...model.collectors.flatMap((collector) => factsOfCollector(model, collector)),
    ...model.services.map(
      ({ namespace, name, ports }) =>
        `Service ${namespace}/${name}: ${ports.map(({ port, targetPort }) => `${port}→${targetPort}`).join(' ')}`,
    ),
  ].sort();

function factsOfCollector(model: Model, collector: Collector): string[] {
  const { kind, name } = collector.rendered ?? collectorWorkload(model, collector) ?? {};
  const of = `${kind} ${collector.namespace}/${name}`;
  return [
    `${of} host ports: ${collector.hostPorts.toSorted((a, b) => a - b).join(' ')}`,
    `${of} dimensions: ${collector.dimensions.map((dimension) => dimension.name).join(' ')}`,
    ...collector.pipelines.all.map(
      ({ id, receivers, processors, exporters }) =>
        `${of} pipeline ${id}: ${[receivers, processors, exporters].map((ids) => ids.join(' ')).join(' → ')}`,
    ),
  ];
}

/** Lines of a difference: `-` is helm's alone, `+` the model's alone. */
function difference(helm: Outcome, model: Outcome): string[] {
  if (helm.refusal !== undefined || model.refusal !== undefined) {
    const isSame = helm.refusal !== undefined && model.refusal !== undefined;
    return isSame ? [] : [`- ${helm.refusal ?? 'accepted'}`, `+ ${model.refusal ?? 'accepted'}`];
  }
  return [
    ...helm.facts.filter((fact) => !model.facts.includes(fact)).map((fact) => `- ${fact}`),
    ...model.facts.filter((fact) => !helm.facts.includes(fact)).map((fact) => `+ ${fact}`),
  ];
}

const [chart, ...files] = process.argv.slice(2);
if (chart === undefined || files.length === 0) {
  console.error('usage: node --import tsx scripts/compare-chart.ts FOLDER_OF_THE_CHART VALUES_FILE...');
  process.exit(2);
}
for (const file of files) {
  const lines = difference(byHelm(chart, file), byModel(file));
  console.log([`${file}: ${lines.length === 0 ? 'agrees' : 'differs'}`, ...lines].join('\n'));
  process.exitCode = lines.length === 0 ? process.exitCode : 1;
}
