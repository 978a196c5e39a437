import { subChart } from '../../../chart/names.ts';
import { otherFieldNames, otherPresetNames } from '../../../chart/schema/other-names.ts';
import { presets } from '../../../chart/schema/presets/index.ts';
import { subCharts } from '../../../chart/sub-charts.ts';
import type { InstalledCollector } from '../../../model/values/integration-values.ts';
import { didYouMean } from '../../../text/did-you-mean.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { type Mapping, mappingAt } from '../../../yaml/value.ts';

/** A preset without which the Pod & Host view has nothing to show. */
export interface NeededPreset {
  readonly alias: string;
  readonly preset: string;
  /** What is missing then. */
  readonly without: string;
  /** Whether the collector does by hand what the preset would. */
  readonly isByHand: (collector: InstalledCollector) => boolean;
  /**
   * A distribution on which it cannot work.
   *
   * @default - it works everywhere
   */
  readonly impossibleOn?: string;
}

const receiver =
  (type: string) =>
  ({ collector }: InstalledCollector): boolean =>
    collector.pipelines.with('receivers', type).some(({ signal }) => signal === 'metrics');

const detectsHost = ({ collector }: InstalledCollector): boolean =>
  collector.pipelines.with('processors', 'resourcedetection').some(({ signal }) => signal === 'traces');

export const neededPresets: readonly NeededPreset[] = [
  {
    alias: subChart.agent,
    preset: 'kubeletMetrics',
    without: 'the POD tab has no CPU, memory or network',
    isByHand: receiver('kubeletstats'),
  },
  {
    alias: subChart.agent,
    preset: 'hostMetrics',
    without: 'the HOST tab has no CPU, memory or disk',
    isByHand: receiver('hostmetrics'),
    impossibleOn: 'gke/autopilot',
  },
  {
    alias: subChart.agent,
    preset: 'resourceDetection',
    without: 'spans name no host, and the HOST tab stays empty',
    isByHand: detectsHost,
    impossibleOn: 'gke/autopilot',
  },
  {
    alias: subChart.clusterCollector,
    preset: 'clusterMetrics',
    without: 'there is no state of deployments, pods and nodes',
    isByHand: receiver('k8s_cluster'),
  },
];

/** The preset that a name was probably meant for. */
export const presetNamed = (name: string): string | undefined =>
  Object.hasOwn(presets.keys, name)
    ? name
    : (otherPresetNames.get(name) ?? didYouMean(name, Object.keys(presets.keys)));

const homes = subCharts.filter(({ enabledByDefault }) => enabledByDefault);

/** The sub-charts in which the chart itself has a preset on; where it has it nowhere, the agent. */
export function homesOf(preset: string): string[] {
  const found = homes.filter(({ defaults }) => Object.hasOwn(mappingAt(defaults, 'presets'), preset));
  return found.length === 0 ? [subChart.agent] : found.map(({ alias }) => alias);
}

/** Where presets that stand at the top level belong, as text. */
export function whereToWrite(misplaced: Mapping): string {
  const found = Object.keys(misplaced).flatMap((name) => {
    const preset = presetNamed(name);
    return preset === undefined ? [] : homesOf(preset).map((home) => ({ home, text: named(name, preset, misplaced) }));
  });
  const byHome = homes.map(({ alias }) => ({
    alias,
    texts: found.filter(({ home }) => home === alias).map(({ text }) => text),
  }));
  return byHome
    .filter(({ texts }) => texts.length > 0)
    .map(({ alias, texts }) => `below ${alias}.presets: ${texts.join(', ')}`)
    .join('; ');
}

/** `hostMetrics (hostmetrics here)`, `spanMetrics with extraDimensions (dimensions here)`. */
function named(written: string, preset: string, misplaced: Mapping): string {
  const fields = Object.keys(mappingAt(misplaced, written)).flatMap((field) => {
    const other = otherFieldNames.get(`${preset}.${field}`);
    return other === undefined ? [] : [` with ${other} (${field} here)`];
  });
  return `${preset}${written === preset ? '' : ` (${written} here)`}${fields.join('')}`;
}

const known = new WeakMap<SourceDocument, ReadonlySet<string>>();

/** Whether a top-level key is there for YAML's sake: to hold what other places refer to, or by its name an extension. */
export function holdsAnchors(document: SourceDocument, key: string): boolean {
  if (/^(x-|[._])/.test(key)) {
    return true;
  }
  const keys = known.get(document) ?? keysWithAnchors(document.text);
  known.set(document, keys);
  return keys.has(key);
}

/** Top-level keys of a block mapping in whose values an anchor stands. */
function keysWithAnchors(text: string): Set<string> {
  const keys = new Set<string>();
  let key = '';
  for (const line of text.split('\n')) {
    if (/^[^\s#-]/.test(line)) {
      key = /^(["']?)(\S+?)\1\s*:(?=\s|$)/.exec(line)?.[2] ?? '';
    }
    if (/(^|[\s:[-])&[\w-]+/.test(withoutComment(line))) {
      keys.add(key);
    }
  }
  return keys;
}

function withoutComment(line: string): string {
  const start = line.search(/(^|\s)#/);
  return start < 0 ? line : line.slice(0, start);
}
