import type { ConfigRule } from './rule.ts';
import { resourcesOf } from './support/parts.ts';
import { milliOf } from './support/quantity.ts';

/** Kubernetes refuses a container that is promised more than it may use. */
export const noRequestAboveLimit: ConfigRule = {
  id: 'no-request-above-limit',
  *check({ system }) {
    for (const resources of resourcesOf(system)) {
      for (const name of ['cpu', 'memory']) {
        const request = resources.at('requests', name);
        const limit = resources.at('limits', name);
        const requested = milliOf(request.text() ?? '');
        const allowed = milliOf(limit.text() ?? '');
        if (requested !== undefined && allowed !== undefined && allowed > 0n && requested > allowed) {
          const message = `${name} request ${request.text()} is more than the limit ${limit.text()} (line ${limit.place.line})`;
          yield request.finding(message, `write: ${limit.text()} or less`);
        }
      }
    }
  },
};
