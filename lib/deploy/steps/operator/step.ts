import type { SystemConfig } from '../../../config/schema/system.ts';
import { regionOfDomain } from '../../../coralogix/regions.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Step } from '../../../run/step.ts';
import { firstFew } from '../../../text/list.ts';
import { sh } from '../../../text/shell.ts';
import { toYaml } from '../../../yaml/to-yaml.ts';
import { findRelease, releaseActions } from '../../helm.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { installsOperator } from '../../preflight/scope.ts';
import { type OperatorDefinition, operatorDefinitions } from './definitions.ts';

/** Name of the chart and of its release. */
export const operatorRelease = 'coralogix-operator';

/** Installs the Coralogix Operator when the configuration enables it. */
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
    // The chart accepts only one of the two.
    coralogixOperator: {
      ...(region === undefined ? { domain } : { region }),
      // PrometheusRule belongs to the Prometheus Operator, which may not be installed.
      prometheusRules: { enabled: false },
    },
    secret: { create: false, secretKeyReference: { name: operator.secret.name, key: operator.secret.key } },
    serviceMonitor: { create: false },
  };
}

/** Checks that there is no other installation of the operator, which helm could not adopt. */
export const operatorCheck: Check = {
  name: 'another operator',
  needs: ['cluster', 'helm'],
  isNeeded: installsOperator,
  async run({ context, scope }) {
    const { namespace } = scope.config.deploy.operator;
    const wanted = { release: operatorRelease, namespace };
    if ((await findRelease(context, wanted)) !== undefined) {
      return {};
    }
    const others = (await operatorDefinitions(context)).filter(
      ({ release }) => release?.release !== operatorRelease || release.namespace !== namespace,
    );
    return others.length === 0 ? {} : { problems: [problemOf(others, namespace)] };
  },
};

const most = 3;

function problemOf(others: readonly OperatorDefinition[], namespace: string): Problem {
  const names = others.map(({ name }) => name);
  const shown = firstFew(names, most);
  const release = others.find((it) => it.release !== undefined)?.release;
  const code = 'deploy/other-operator';
  const leave = 'remove deploy.operator if an operator runs there';
  if (release !== undefined) {
    const uninstall = sh`helm uninstall ${release.release} --namespace=${release.namespace}`;
    return {
      code,
      message: `the Helm release ${release.release} in ${release.namespace} has installed ${shown}, so helm cannot install a second operator`,
      suggestion: `${leave}; or uninstall it with all SLOs and alerts of the cluster: ${uninstall}`,
    };
  }
  const owner = [`meta.helm.sh/release-name=${operatorRelease}`, `meta.helm.sh/release-namespace=${namespace}`];
  const adopt = sh`kubectl annotate customresourcedefinition ${names} ${owner} && kubectl label customresourcedefinition ${names} app.kubernetes.io/managed-by=Helm`;
  return {
    code,
    message: `the cluster has ${shown}, which helm does not manage and cannot adopt`,
    suggestion: `${leave}; or let helm adopt them: ${adopt}`,
  };
}
