import { expect, test } from 'vitest';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import type { ReadModelProps } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';

const folder = 'test/lint/fixtures/plan/deployment/kubernetes';

/** What is said of the plan's files, errors first. */
function findingsOfPlan(props: ReadModelProps = {}) {
  const { result } = lintSources(readSources([folder]), props);
  expect(result.failures).toEqual([]);
  return result.findings
    .toSorted((a, b) => a.level.localeCompare(b.level))
    .map(({ rule, level, message, place: { file, line, column }, suggestion }) => ({
      at: `${file.replace(`${folder}/`, '')}:${line}:${column}`,
      says: `${level} ${rule.id}: ${message.replaceAll(`${folder}/`, '')}`,
      suggestion,
    }));
}

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT of Deployment api-gateway and Deployment query-service';

const checksum = (name: string) => ({
  at: `deployments/${name}.yaml:13:7`,
  says: `warning require-config-checksum: Deployment ${name} reads ConfigMap dataprime-config into its environment, and nothing restarts its pods when that changes`,
  suggestion: 'add to the pod template: annotations: { checksum/config: CHECKSUM }',
});

test('the plan taken literally has presets without effect, the wrong collector, and pods that keep the old endpoint', () => {
  expect(findingsOfPlan()).toEqual([
    {
      at: 'configmap.yaml:7:32',
      says: `error require-span-metrics-collector: ${endpoint} names no Service of namespace dataprime-demo, and that of namespace coralogix leads to the cluster collector of coralogix-infra-values.yaml, which makes no span metrics`,
      suggestion:
        "write: http://coralogix-opentelemetry.coralogix:4317, and in the chart's values opentelemetry-agent.service.enabled: true",
    },
    {
      at: 'coralogix-infra-values.yaml:6:1',
      says: 'error no-unknown-top-level-key: presets has no effect at the top level: otel-integration reads it below a sub-chart only',
      suggestion: expect.stringContaining('below opentelemetry-agent.presets: hostMetrics (hostmetrics here)'),
    },
    checksum('api-gateway'),
    checksum('query-service'),
  ]);
});

test('installed beside the application, its endpoint is the wrong collector all the same', () => {
  const [first, ...others] = findingsOfPlan({ releaseNamespace: 'dataprime-demo' });
  expect(first).toEqual({
    at: 'configmap.yaml:7:32',
    says: `error require-span-metrics-collector: ${endpoint} leads to the cluster collector of coralogix-infra-values.yaml, which makes no span metrics`,
    suggestion:
      "write: http://coralogix-opentelemetry.dataprime-demo:4317, and in the chart's values opentelemetry-agent.service.enabled: true",
  });
  expect(others).toEqual(findingsOfPlan().slice(1));
});
