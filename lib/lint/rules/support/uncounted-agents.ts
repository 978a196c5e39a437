import { subChart } from '../../../chart/names.ts';
import { makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { type InstalledCollector, integrationValues } from '../../../model/values/integration-values.ts';
import { maySendTracesOn } from '../../../pipeline/exporters.ts';

/**
 * The agents of installations in which no collector makes span metrics, and whose spans go on to no other collector: a
 * preset that is off is wrong there, whatever sends spans.
 */
export const uncountedAgents = (model: Model): InstalledCollector[] =>
  integrationValues(model)
    .filter(({ collectors }) => !collectors.some(({ collector }) => makesSpanMetrics(collector)))
    .flatMap(({ collectors }) => collectors)
    .filter(
      ({ alias, collector }) =>
        alias === subChart.agent && collector.unread === undefined && !maySendTracesOn(collector.pipelines),
    );

/** Those whose spans get no names of pod and node, because the preset is off. */
export const withoutPodNames = (model: Model): InstalledCollector[] =>
  uncountedAgents(model).filter(
    ({ values, collector }) =>
      !values.preset('kubernetesAttributes') &&
      !collector.pipelines.with('processors', 'k8sattributes').some(({ signal }) => signal === 'traces'),
  );
