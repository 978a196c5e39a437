import { findDimensionClashes, foldedName } from '../../pipeline/dimension-clashes.ts';
import type { ConfigRule } from './rule.ts';
import { configuredDimensions } from './support/dimensions.ts';

/** The span metrics connector refuses a name that stands twice; the metrics store makes one label of two alike. */
export const uniqueDimension: ConfigRule = {
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
