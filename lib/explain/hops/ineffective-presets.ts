import { mappingAt } from '../../yaml/value.ts';
import type { Reason } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';

/** What was meant for it and has no effect. */
export const ineffectivePresets = ({ model, collector }: SpanPath): Reason[] =>
  model.values.flatMap(({ chart, document }) =>
    chart === 'otel-integration' &&
    collector?.title.endsWith(` of ${document.file}`) === true &&
    Object.hasOwn(mappingAt({ value: document.value }, 'value'), 'presets')
      ? [
          {
            message: 'presets at the top level change nothing: the chart reads them below a sub-chart',
            place: document.place(['presets'], 'key'),
          },
        ]
      : [],
  );
