import { type IntegrationValues, integrationValues } from '../../model/values/integration-values.ts';
import { isMapping, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { addKey } from './support/values-edit.ts';

export const requireProvider: Rule = {
  id: 'require-provider',
  severity: 'warning',
  documentation: {
    summary: 'Reports a sub-chart without the provider that another sub-chart of the same cluster has.',
    why: '`provider` is a value of each sub-chart, and there is none for all. A collector without it tries the region detectors of every cloud at each start, and adds what it finds to all that it sends; with `on-prem` it leaves them out. Data of one cluster then differs by the collector that it came through.',
    remediation: 'Write `provider` below every sub-chart that is installed, the cluster collector included.',
    example: `opentelemetry-agent:
  provider: on-prem
opentelemetry-cluster-collector:
  provider: on-prem`,
    see: [
      'https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.yaml',
    ],
  },
  check: (model) => integrationValues(model).flatMap(withoutProvider),
};

function withoutProvider({ collectors, document }: IntegrationValues): RuleFinding[] {
  const detecting = collectors.filter(({ values }) => values.preset('resourceDetection'));
  const providerOf = ({ values }: (typeof collectors)[number]) => values.provider('resourceDetection');
  const configured = detecting.find((collector) => providerOf(collector) !== '');
  return configured === undefined
    ? []
    : detecting
        .filter((collector) => providerOf(collector) === '')
        .map(({ alias, path }) => {
          const isWritten = isMapping(valueAt(document.value, ...path));
          return {
            message: `${alias} has no provider, and ${configured.alias} of the same cluster has ${providerOf(configured)}`,
            place: document.place(isWritten ? path : configured.path, 'key'),
            suggestion: `write below ${alias}: provider: ${providerOf(configured)}`,
            ...(isWritten
              ? {
                  fix: {
                    file: document.file,
                    apply: (text) => addKey(text, path, `provider: ${providerOf(configured)}`),
                  },
                }
              : {}),
          };
        });
}
