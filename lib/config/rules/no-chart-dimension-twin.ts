import { chartDefaultDimensions, errorTrackingDimensions, serviceVersionDimension } from '../../chart/dimensions.ts';
import { findDimensionClashes, foldedName, foldedTwin } from '../../pipeline/dimension-clashes.ts';
import type { ConfigRule } from './rule.ts';
import { configuredDimensions } from './support/dimensions.ts';

const chartDimensions = [...chartDefaultDimensions, ...errorTrackingDimensions, serviceVersionDimension];

/** A dimension that the chart has under another name would share its label. */
export const noChartDimensionTwin: ConfigRule = {
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
