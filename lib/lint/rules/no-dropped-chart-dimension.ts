import { laterDimensions } from '../../chart/changes.ts';
import type { ChartValues } from '../../chart/chart-values.ts';
import { chartDefaultDimensions, errorTrackingDimensions, serviceVersionDimension } from '../../chart/dimensions.ts';
import { subChart } from '../../chart/names.ts';
import { type InstalledCollector, installedCollectors } from '../../model/values/integration-values.ts';
import { joinNames } from '../../text/list.ts';
import type { Path } from '../../yaml/value.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Fix, Rule, RuleFinding } from '../rule.ts';
import { addNames } from './support/values-edit.ts';

export const noDroppedChartDimension: Rule = {
  id: 'no-dropped-chart-dimension',
  severity: 'warning',
  documentation: {
    summary: 'Reports a list of dimensions that leaves out some of the chart’s own.',
    why: 'Helm replaces lists: `extraDimensions` with one dimension in it is that one, and no longer the nine that the chart has. The span metrics then miss `http.method`, the transactions `cgx.transaction` and the database dimensions, and the views of Coralogix that read them stay empty. `config.connectors.spanmetrics.dimensions` replaces even what the presets append.',
    remediation: 'Name the chart’s own dimensions before yours.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      extraDimensions:
${chartDefaultDimensions.map((name) => `        - name: ${name}\n`).join('')}        - name: k8s.pod.name`,
    see: [
      'https://helm.sh/docs/chart_template_guide/values_files/',
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml',
    ],
  },
  check: (model) => installedCollectors(model).flatMap(droppedIn),
};

function droppedIn({ alias, document, path: root, values, collector }: InstalledCollector): RuleFinding[] {
  const later = laterDimensions(values.missing);
  const lists = alias === subChart.agent && collector.unread === undefined ? listsOf(values) : [];
  return lists.flatMap(({ path, chartsOwn }) => {
    const at = [...root, ...path];
    const listed = valueAt(document.value, ...at);
    const names = new Set(listAt(listed).map((entry) => textAt(entry, 'name')));
    const dropped = chartsOwn.filter((name) => !names.has(name) && !later.includes(name));
    if (listed === undefined || dropped.length === 0) {
      return [];
    }
    return [
      {
        message: `${path.at(-1)} replaces the list of the chart and drops ${joinNames(dropped)}`,
        place: document.place(at, 'key'),
        suggestion: `add: ${dropped.map((name) => `{ name: ${name} }`).join(', ')}`,
        ...(names.size > 0 ? { fix: withDropped(document.file, at, dropped) } : {}),
      },
    ];
  });
}

interface ReplacedList {
  readonly path: Path;
  readonly chartsOwn: readonly string[];
}

/** Lists that may replace one of the chart's, as far as their presets are on; of two for the same the one that counts. */
function listsOf(values: ChartValues): ReplacedList[] {
  const byHand = ['config', 'connectors', 'spanmetrics', 'dimensions'];
  const isByHand = values.at(...byHand) !== undefined;
  return ['spanMetrics', 'spanMetricsMulti']
    .filter((preset) => values.preset(preset))
    .map((preset) =>
      isByHand && preset === 'spanMetrics'
        ? { path: byHand, chartsOwn: [...chartDefaultDimensions, ...errorTrackingDimensions, serviceVersionDimension] }
        : { path: ['presets', preset, 'extraDimensions'], chartsOwn: chartDefaultDimensions },
    );
}

const withDropped = (file: string, path: Path, dropped: readonly string[]): Fix => ({
  file,
  apply: (text) => addNames(text, path, dropped),
});
