import { withoutTrailing } from '../../text/without-trailing.ts';
import type { ConfigRule } from './rule.ts';
import { repeats } from './support/repeats.ts';

/** A path prefix leads to one service; `/api` and `/api/` are one prefix. */
export const uniqueRoutePath: ConfigRule = {
  id: 'unique-route-path',
  *check({ system }) {
    const paths = system
      .at('ingress', 'routes')
      .items()
      .map((route) => route.get('path'));
    for (const { value, text, first } of repeats(paths, (path) => withoutTrailing(path, '/'))) {
      yield value.finding(`a route for ${text} stands in line ${first.place.line} already`, 'remove one of the two');
    }
  },
};
