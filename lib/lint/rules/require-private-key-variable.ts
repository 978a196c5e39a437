import { collectorKeyVariable, collectorSecret } from '../../chart/names.ts';
import type { Model } from '../../model/model.ts';
import { keyEntry } from '../../model/start/key-variables.ts';
import type { StartFault } from '../../model/start/start-fault.ts';
import { startFaultsBy } from '../../model/start/start-faults.ts';
import { installedBy } from '../../model/values/integration-values.ts';
import { listAt, type Path } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { addEntry } from './support/values-edit.ts';

export const requirePrivateKeyVariable: Rule = {
  id: 'require-private-key-variable',
  severity: 'error',
  documentation: {
    summary: 'Reports a collector that does not have the variable from which its exporter takes the key.',
    why: 'The chart `otel-integration` gives every collector `CORALOGIX_PRIVATE_KEY` in `extraEnvs`; the plain chart `opentelemetry-collector` gives it none. `extraEnvs` is a list, and Helm replaces lists: values with one variable of their own take the key away. The collector then finds an empty key in its configuration, and does not start.',
    remediation: 'Repeat the chart’s own entry in `extraEnvs`.',
    example: `opentelemetry-agent:
  extraEnvs:
    - name: CORALOGIX_PRIVATE_KEY
      valueFrom:
        secretKeyRef:
          name: coralogix-keys
          key: PRIVATE_KEY
    - name: HTTPS_PROXY
      value: http://proxy.internal:3128`,
    see: ['https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml'],
  },
  check: (model) => startFaultsBy(model, 'no-key').map((fault) => ({ ...fault, ...fixOf(model, fault) })),
};

/** The chart's own entry, added to a list that has others. */
function fixOf(model: Model, { collector, suggestion }: StartFault): Pick<RuleFinding, 'fix'> {
  const installed = installedBy(model).get(collector);
  if (installed === undefined || suggestion !== `add: ${keyEntry(collectorKeyVariable)}`) {
    return {};
  }
  const { document, path } = installed;
  const at = [...path, 'extraEnvs'];
  return listAt(document.value, ...at).length === 0 ? {} : { fix: { file: document.file, apply: withVariable(at) } };
}

const withVariable = (path: Path) => (text: string) =>
  addEntry(text, path, keyEntry(collectorKeyVariable), [
    `name: ${collectorKeyVariable}`,
    'valueFrom:',
    '  secretKeyRef:',
    `    name: ${collectorSecret.name}`,
    `    key: ${collectorSecret.key}`,
  ]);
