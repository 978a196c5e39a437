import type { SystemConfig } from '../../../config/schema/system.ts';
import { regionOfDomain } from '../../../coralogix/regions.ts';
import type { Step } from '../../../run/step.ts';
import { toYaml } from '../../../yaml/to-yaml.ts';
import { releaseActions } from '../../helm.ts';

/** Name of the chart and of its release. */
export const operatorRelease = 'coralogix-operator';

/** Installs the Coralogix Operator, when the configuration wants it. */
export const operatorStep: Step = {
  name: 'operator',
  title: 'Coralogix Operator',
  async actions(context) {
    const { enabled, namespace, version } = context.config.deploy.operator;
    if (!enabled) {
      return [];
    }
    const values = operatorValues(context.config);
    return releaseActions(context, {
      release: operatorRelease,
      namespace,
      chart: operatorRelease,
      version,
      values,
      valuesFlag: '--values=-',
      input: { text: toYaml(values) },
    });
  },
};

/** @see https://github.com/coralogix/coralogix-operator/tree/main/charts/coralogix-operator */
function operatorValues({ coralogix: { domain }, deploy: { operator } }: SystemConfig): object {
  const region = regionOfDomain(domain)?.name;
  return {
    // One of the two, never both.
    coralogixOperator: {
      ...(region === undefined ? { domain } : { region }),
      // Its resources come with the Prometheus Operator, which need not be there.
      prometheusRules: { enabled: false },
    },
    secret: { create: false, secretKeyReference: { name: operator.secret.name, key: operator.secret.key } },
    serviceMonitor: { create: false },
  };
}
