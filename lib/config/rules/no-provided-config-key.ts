import type { ConfigRule } from './rule.ts';
import { providedVariable, provisionMessage, provisionSuggestion } from './support/provided-variable.ts';

/** The ConfigMap's own values come from elsewhere in the file. */
export const noProvidedConfigKey: ConfigRule = {
  id: 'no-provided-config-key',
  *check({ system }) {
    for (const [name, value] of system.at('configMap', 'data').entries()) {
      const provision = providedVariable(name);
      if (provision !== undefined) {
        yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision));
      }
    }
  },
};
