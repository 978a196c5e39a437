import type { Reason } from '../hop.ts';
import type { Route } from '../route.ts';

/** What was meant for it and has no effect. */
export const ineffectivePresets = ({ model, collector }: Route): Reason[] =>
  model.values.flatMap(({ chart, title, document, root, written }) =>
    chart === 'otel-integration' &&
    collector?.title.endsWith(` of ${title}`) === true &&
    Object.hasOwn(written, 'presets')
      ? [
          {
            message: 'presets at the top level change nothing: the chart reads them below a sub-chart',
            place: document.place([...root, 'presets'], 'key'),
          },
        ]
      : [],
  );
