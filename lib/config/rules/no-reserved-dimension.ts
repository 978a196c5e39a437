import { chartDefaultDimensions } from '../../chart/dimensions.ts';
import { findDimensionClashes } from '../../pipeline/dimension-clashes.ts';
import type { ConfigRule } from './rule.ts';
import { configuredDimensions } from './support/dimensions.ts';

/** The span metrics connector sets some labels itself. */
export const noReservedDimension: ConfigRule = {
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
