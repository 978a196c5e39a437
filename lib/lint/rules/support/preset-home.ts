import { subChart } from '../../../chart/names.ts';
import { otherFieldNames, otherPresetNames } from '../../../chart/schema/other-names.ts';
import { presets } from '../../../chart/schema/presets/index.ts';
import { subCharts } from '../../../chart/sub-charts.ts';
import { didYouMean } from '../../../text/did-you-mean.ts';
import { type Mapping, mappingAt } from '../../../yaml/value.ts';

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
