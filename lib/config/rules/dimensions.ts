import { chartDefaultDimensions, errorTrackingDimensions, serviceVersionDimension } from '../../chart/dimensions.ts';
import { findDimensionClashes, foldedName, foldedTwin } from '../../pipeline/dimension-clashes.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';

/** An entry of `collector.spanMetrics.dimensions`. */
interface WrittenDimension {
  readonly value: Located;
  readonly name: string;
}

const configuredDimensions = (system: Located): WrittenDimension[] =>
  system
    .at('collector', 'spanMetrics', 'dimensions')
    .items()
    .flatMap((value) => {
      const name = value.text();
      return name === undefined ? [] : [{ value, name }];
    });

const chartDimensions = [...chartDefaultDimensions, ...errorTrackingDimensions, serviceVersionDimension];

/** A dimension that the chart has under another name would share its label. */
const noChartDimensionTwin: ConfigRule = {
  id: 'no-chart-dimension-twin',
  *check({ system }) {
    const dimensions = configuredDimensions(system);
    const clashing = new Set(findDimensionClashes(dimensions.map(({ name }) => name)).map(({ index }) => index));
    for (const [index, { name, value }] of dimensions.entries()) {
      const twin = clashing.has(index) ? undefined : foldedTwin(name, chartDimensions);
      if (twin !== undefined) {
        const message = `${name} and ${twin}, which the chart adds, both become the label ${foldedName(name)}`;
        yield value.finding(message, `remove it, or write: ${twin}`);
      }
    }
  },
};

/** The span metrics connector sets some labels itself. */
const noReservedDimension: ConfigRule = {
  id: 'no-reserved-dimension',
  *check({ system }) {
    const dimensions = configuredDimensions(system);
    for (const clash of findDimensionClashes(dimensions.map(({ name }) => name))) {
      const dimension = dimensions[clash.index];
      // The chart's own list has `status_code`; naming it again adds nothing.
      if (clash.kind !== 'reserved' || dimension === undefined || chartDefaultDimensions.includes(dimension.name)) {
        continue;
      }
      const { name, value } = dimension;
      const message =
        name === clash.label
          ? `every span metric has ${name} already, and the collector does not start with it as a dimension`
          : `${name} becomes the same label as ${clash.label}, which every span metric has already`;
      yield value.finding(message, 'remove it');
    }
  },
};

/** The span metrics connector refuses a name that stands twice; the metrics store makes one label of two alike. */
const uniqueDimension: ConfigRule = {
  id: 'unique-dimension',
  *check({ system }) {
    const dimensions = configuredDimensions(system);
    for (const clash of findDimensionClashes(dimensions.map(({ name }) => name))) {
      const later = dimensions[clash.index];
      const first = clash.kind === 'reserved' ? undefined : dimensions[clash.first];
      if (later === undefined || first === undefined) {
        continue;
      }
      const { line } = first.value.place;
      const message =
        clash.kind === 'duplicate'
          ? `${later.name} stands in line ${line} already, and the collector does not start with a dimension given twice`
          : `${later.name} and ${first.name} (line ${line}) both become the label ${foldedName(later.name)}`;
      yield later.value.finding(message, 'remove one of the two');
    }
  },
};

export const dimensionRules: readonly ConfigRule[] = [noChartDimensionTwin, noReservedDimension, uniqueDimension];
