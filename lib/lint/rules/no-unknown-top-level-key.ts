import { distance } from 'fastest-levenshtein';
import { otelIntegrationChart as chart, subChart } from '../../chart/names.ts';
import { collectorSubChart } from '../../chart/schema/sub-chart.ts';
import { collectorAliases, umbrellaKeys } from '../../chart/schema/umbrella.ts';
import { mayBePlainChart } from '../../model/document-kind.ts';
import { type IntegrationValues, integrationValues } from '../../model/values/integration-values.ts';
import { nearest } from '../../text/did-you-mean.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { holdsAnchors, whereToWrite } from './support/presets.ts';

export const noUnknownTopLevelKey: Rule = {
  id: 'no-unknown-top-level-key',
  severity: 'error',
  documentation: {
    summary: 'Reports a top-level key of the values that the chart does not read.',
    why: 'The chart `otel-integration` has no schema of its own values: it ignores unknown keys without an error. Presets stand below a sub-chart; a top-level `presets:` changes nothing, and the collectors run with the defaults. So does everything below a misspelt `opentelemetry-agent`.',
    remediation: 'Write presets and settings below the sub-chart that they are for.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      enabled: true
opentelemetry-cluster-collector:
  presets:
    clusterMetrics:
      enabled: true`,
    see: ['https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml'],
  },
  check: (model) =>
    integrationValues(model).flatMap((values) => {
      const unknown = Object.keys(values.written).filter(
        (key) => !umbrellaKeys.includes(key) && !holdsAnchors(values.document, key),
      );
      // What may be for another chart altogether is reported once.
      const isOther = mayBePlainChart(values.written);
      return unknown
        .filter((key) => !isOther || key === 'presets')
        .map((key) => ({
          ...judged(key, values),
          ...(isOther ? { cannotTell: true } : {}),
          place: values.document.place([...values.root, key], 'key'),
        }));
    }),
};

type Judgement = Omit<RuleFinding, 'place'>;

function judged(key: string, values: IntegrationValues): Judgement {
  if (Object.hasOwn(collectorSubChart.keys, key)) {
    return misplaced(key, values);
  }
  if (key === 'opentelemetry-collector') {
    return {
      message: `${key} has no effect: ${chart.name} installs that chart under other names`,
      suggestion: `write: ${subChart.agent} for the collector on every node, ${subChart.clusterCollector} for the one of the cluster`,
    };
  }
  const meant = aliasesMeant(key);
  if (meant.length === 0 && !key.startsWith('opentelemetry-')) {
    return { message: `nothing in ${chart.name} reads ${key}: it may be for another chart`, cannotTell: true };
  }
  const isThere = meant.some((name) => Object.hasOwn(values.written, name));
  return {
    message: `${key} has no effect: ${chart.name} has no sub-chart of that name`,
    suggestion:
      meant.length === 0
        ? `its collectors are ${collectorAliases.join(', ')}`
        : `${isThere ? 'move what it holds to' : 'write:'} ${meant.join(' or ')}`,
  };
}

/** Most names begin with the same word, so that only few letters may differ, or a word be missing. */
function aliasesMeant(key: string): readonly string[] {
  const close = nearest(key, names).filter((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 3);
  return close.length > 0 ? close : names.filter((name) => key.length > 12 && name.startsWith(`${key}-`));
}

const names = umbrellaKeys.filter((key) => key !== 'tags');

function misplaced(key: string, { written }: IntegrationValues): Judgement {
  const message = `${key} has no effect at the top level: ${chart.name} reads it below a sub-chart only`;
  if (key !== 'presets') {
    return { message, suggestion: `write it below ${subChart.agent}, or the sub-chart that it is for` };
  }
  const presets = mappingAt(written, key);
  const where = whereToWrite(presets);
  return {
    message,
    suggestion: where === '' ? `write them below ${subChart.agent}` : `write ${where}`,
  };
}
