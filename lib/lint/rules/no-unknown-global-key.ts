import { globalKeys } from '../../chart/schema/umbrella.ts';
import { integrationValues } from '../../model/values/integration-values.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { renameFix } from './support/values-edit.ts';

export const noUnknownGlobalKey: Rule = {
  id: 'no-unknown-global-key',
  severity: 'error',
  documentation: {
    summary: 'Reports a misspelt key below `global`, which the chart does not read.',
    why: 'No schema covers `global`: a misspelt key renders as if it were not there. The metrics and spans then carry the default, such as the cluster’s name as environment, without an error. Keys that resemble none of the chart’s are not reported: other charts may share them.',
    remediation: 'Write the key as the chart reads it.',
    example: `global:
  domain: eu2.coralogix.com
  clusterName: shop
  deploymentEnvironmentName: production`,
    see: ['https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml'],
  },
  check: (model) =>
    integrationValues(model).flatMap(({ document, written }) => {
      const global = mappingAt(written, 'global');
      return Object.keys(global).flatMap((key) => {
        const meant = globalKeys.includes(key) ? undefined : didYouMean(key, globalKeys);
        return meant === undefined
          ? []
          : [
              {
                message: `global.${key} has no effect: the chart reads global.${meant}`,
                place: document.place(['global', key], 'key'),
                suggestion: Object.hasOwn(global, meant) ? `remove it, global.${meant} is there` : `write: ${meant}`,
                ...renameFix(document, ['global', key], meant, global),
              },
            ];
      });
    }),
};
