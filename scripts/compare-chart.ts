import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChartRenderer } from '../lib/chart/chart-renderer.ts';
import { helmRenderer } from '../lib/helm/helm-renderer.ts';
import { inventoryOf } from '../lib/inventory/inventory.ts';
import { lintSources } from '../lib/lint/lint-sources.ts';
import { readModel } from '../lib/model/read-model.ts';
import { toYaml } from '../lib/yaml/to-yaml.ts';
import { randomValues } from './random-values.ts';

// Compares what the built-in model makes of values of otel-integration with what helm makes of them: what `collectors`
// and `lint` report, refusals included. With the helm on the path, or PODHOST_HELM:
// node --import tsx scripts/compare-chart.ts FOLDER_OF_THE_CHART VALUES_FILE...
// node --import tsx scripts/compare-chart.ts FOLDER_OF_THE_CHART --random COUNT [SEED]

interface Outcome {
  readonly refusals: readonly string[];
  /** A line for each fact. */
  readonly facts: readonly string[];
}

function outcomeOf(text: string, renderer?: ChartRenderer): Outcome {
  const sources = [{ file: 'values.yaml', text }];
  const release = { releaseName: 'coralogix', releaseNamespace: 'coralogix' };
  const props = { valuesFiles: ['values.yaml'], ...release, ...(renderer === undefined ? {} : { renderer }) };
  const model = readModel(sources, props);
  for (const { renderedBy } of renderer === undefined ? [] : model.values) {
    if (renderedBy.kind === 'model') {
      throw new Error(renderedBy.reason);
    }
  }
  const refusals = model.values.flatMap(({ rendering }) => rendering.refusals.map(({ path }) => path.join('.')));
  const collectors = inventoryOf(model).collectors.flatMap(({ chart: _, title, ...facts }) =>
    Object.entries(facts).map(([key, fact]) => `${title} ${key}: ${JSON.stringify(fact)}`),
  );
  const findings = lintSources(sources, props).result.findings.map(
    ({ rule, level, place, message }) => `${level} ${rule.id} ${place.line}:${place.column} ${message}`,
  );
  return { refusals, facts: [...collectors, ...findings] };
}

/** Lines of a difference: `-` is helm's alone, `+` the model's alone. */
function difference(helm: Outcome, model: Outcome): string[] {
  const [refused] = helm.refusals;
  const [expected] = model.refusals;
  if (refused !== undefined || expected !== undefined) {
    const isSame = refused !== undefined && expected !== undefined;
    return isSame ? [] : [`- refuses ${refused ?? 'nothing'}`, `+ refuses ${expected ?? 'nothing'}`];
  }
  return [
    ...helm.facts.filter((fact) => !model.facts.includes(fact)).map((fact) => `- ${fact}`),
    ...model.facts.filter((fact) => !helm.facts.includes(fact)).map((fact) => `+ ${fact}`),
  ];
}

/** Files of random values, which are kept for a look at those that differ. */
function randomFiles(count: number, seed: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-values-'));
  return randomValues(count, seed).map((values, index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, toYaml(values));
    return file;
  });
}

const [chart, ...files] = process.argv.slice(2);
if (chart === undefined || files.length === 0) {
  console.error(
    'usage: node --import tsx scripts/compare-chart.ts FOLDER_OF_THE_CHART VALUES_FILE...|--random COUNT [SEED]',
  );
  process.exit(2);
}
const renderer = helmRenderer({ chart });
const [first, count, seed = '1'] = files;
let differing = 0;
const compared = first === '--random' ? randomFiles(Number(count), Number(seed)) : files;
for (const file of compared) {
  const text = readFileSync(file, 'utf8');
  const lines = difference(outcomeOf(text, renderer), outcomeOf(text));
  if (lines.length > 0) {
    differing += 1;
    console.log([`${file} differs`, ...lines].join('\n'));
  }
}
console.log(`${compared.length} files, ${differing} differ`);
process.exitCode = differing === 0 ? 0 : 1;
