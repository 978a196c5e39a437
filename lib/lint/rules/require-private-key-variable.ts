import { collectorSecret } from '../../chart/names.ts';
import type { Model } from '../../model/model.ts';
import { operatorContainer } from '../../model/operator/collector-pods.ts';
import { collectorWorkload, isCollectorContainer } from '../../model/spans/collector-container.ts';
import { joinNames } from '../../text/list.ts';
import type { Path } from '../../yaml/value.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { containersOf } from './support/containers.ts';
import { type InstalledCollector, installedCollectors } from './support/integration-values.ts';
import { keyVariables } from './support/private-key.ts';
import { addEntry } from './support/values-edit.ts';

export const requirePrivateKeyVariable: Rule = {
  id: 'require-private-key-variable',
  severity: 'error',
  documentation: {
    summary: 'Reports a collector that does not have the variable from which its exporter takes the key.',
    why: 'The chart gives every collector `CORALOGIX_PRIVATE_KEY` in `extraEnvs`. That is a list, and Helm replaces lists: values with one variable of their own take the key away. The collector then finds an empty key in its configuration, and does not start.',
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
  check: (model) => [...installedCollectors(model).flatMap(inValues), ...inManifests(model)],
};

const usualName = 'CORALOGIX_PRIVATE_KEY';

function inValues({ alias, collector, document, path, values }: InstalledCollector): RuleFinding[] {
  const at = [...path, 'extraEnvs'];
  const written = valueAt(document.value, ...at);
  // A whole Secret may hold it.
  const isOpen = values.list('extraEnvsFrom').length > 0;
  const entries = listAt(written);
  const names = written === undefined ? [usualName] : entries.map((entry) => textAt(entry, 'name'));
  const missing = keyVariables(collector).filter((name) => !isOpen && !names.includes(name));
  return missing.map((name) => ({
    message: `extraEnvs of ${alias} has no ${name}, from which its exporter takes the key`,
    place: document.place(at, 'key'),
    suggestion: `add: ${entry(name)}`,
    ...(name === usualName && entries.length > 0
      ? { fix: { file: document.file, apply: withVariable(at, name) } }
      : {}),
  }));
}

const withVariable = (path: Path, name: string) => (text: string) =>
  addEntry(text, path, entry(name), [
    `name: ${name}`,
    'valueFrom:',
    '  secretKeyRef:',
    `    name: ${collectorSecret.name}`,
    `    key: ${collectorSecret.key}`,
  ]);

const entry = (name: string): string => {
  const { name: secret, key } = name === usualName ? collectorSecret : { name: 'SECRET', key: 'KEY' };
  return `{ name: ${name}, valueFrom: { secretKeyRef: { name: ${secret}, key: ${key} } } }`;
};

/** What the pods of a configuration that was read have in their environment. */
function inManifests(model: Model): RuleFinding[] {
  return model.collectors.flatMap((collector) => {
    const workload = collectorWorkload(model, collector);
    const containers = containersOf(model).filter((entry) => entry.workload === workload);
    const isOpen = containers.some(({ container }) => listAt(container.value, 'envFrom').length > 0);
    const missing = keyVariables(collector).filter(
      (name) => !isOpen && !containers.some(({ environment }) => environment.has(name)),
    );
    const own = containers.find((entry) => isCollectorContainer(model, entry.workload, entry.container));
    return missing.length === 0 || own === undefined
      ? []
      : [
          {
            message: `${collector.title} has no ${joinNames(missing)}, from which its exporter takes the key`,
            place: own.workload.manifest.place([...own.container.path, 'env'], 'key'),
            suggestion: `add to its env: ${missing.map(entry).join(', ')}`,
            manifest: own.workload.manifest,
            // What an operator makes may get more than its resource names.
            cannotTell: own.container.name === operatorContainer,
          },
        ];
  });
}
