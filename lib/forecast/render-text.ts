import { visibleLine } from '../text/visible.ts';
import { type Budget, type Cap, type Forecast, isOver, type LabelCost } from './forecast.ts';
import { counted, figure, table, textBar } from './table.ts';

const barWidth = 20;

/** The forecast for people: blocks of lines. */
export function forecastText(forecast: Forecast): string {
  const { series, metrics, seriesPerDay, notes } = forecast;
  const blocks = [
    [`${figure(series)} series of span metrics, ${figure(seriesPerDay)} a day${isOver(forecast) ? ': too many' : ''}`],
    servicesTable(forecast),
    metrics.filter((metric) => metric.series > 0).map(metricLine),
    costLines(forecast),
    dropLines(forecast),
    churnLines(forecast),
    limitLines(forecast),
    notes.map((note) => `Note: ${note}`),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(visibleLine).join('\n'))
    .join('\n\n')}\n`;
}

function servicesTable({ services, series }: Forecast): string[] {
  if (services.length === 0) {
    return [];
  }
  const most = services.reduce((greatest, service) => Math.max(greatest, service.series), 1);
  return table(
    [
      ['service', 'pods', 'operations', 'kinds', 'statuses', 'values', 'label sets', 'series', '', ''],
      ...services.map((service) => [
        service.service + (service.basis === 'assumed' ? ' *' : ''),
        figure(service.pods),
        figure(service.operations),
        figure(service.kinds),
        figure(service.statuses),
        figure(service.dimensionValues),
        figure(service.labelSets),
        figure(service.series),
        `${Math.round((100 * service.series) / Math.max(series, 1))} %`,
        textBar(service.series / most, barWidth),
      ]),
    ],
    new Set([1, 2, 3, 4, 5, 6, 7, 8]),
  );
}

const metricLine = ({ names, labelSets, seriesPerLabelSet, series }: Forecast['metrics'][number]): string =>
  `${names.join(', ')}: ${counted(labelSets, 'label set')} × ${seriesPerLabelSet} (${perLabelSet(seriesPerLabelSet)}) = ${figure(series)}`;

/** What of a label set is a series of its own, to Coralogix and to Prometheus. */
function perLabelSet(series: number): string {
  const buckets = series - 3;
  switch (series) {
    case 1:
      return 'calls';
    case 2:
      return 'calls, one exponential histogram';
    case 3:
      return 'calls, sum, count';
    default:
      return `calls, ${buckets} buckets with +Inf, sum, count`;
  }
}

function churnLines({ churn: { perDeployment, perDay, expiration } }: Forecast): string[] {
  if (perDeployment === 0) {
    return [];
  }
  const kept = expiration === undefined ? 'until it is restarted' : `for ${expiration}`;
  return [
    `A deployment of every service begins ${figure(perDeployment)} series, since their pods or versions are new: ${figure(perDay)} a day.`,
    `The collector keeps the old ones, and sends them, ${kept}.`,
  ];
}

function limitLines({ caps, budgets, series, emittedSeries }: Forecast): string[] {
  const near = caps.filter(({ reached, limit }) => reached > limit);
  const nearest = near.length > 0 ? near : caps.slice(0, 1);
  const lost = series - emittedSeries;
  return [
    ...nearest.map(capLine),
    ...(lost === 0
      ? []
      : [`Over it ${figure(lost)} series are lost: their spans are counted in one with otel.metric.overflow=true.`]),
    ...budgets.map(budgetLine),
  ];
}

const capLine = ({ setting, connector, limit, reached, service }: Cap): string =>
  setting === 'aggregation_cardinality_limit'
    ? `Cap: a pod of ${service} has ${counted(reached, 'label set')} of at most ${figure(limit)} (${connector}, ${setting})${over(reached, limit)}`
    : `Cap: a collector keeps ${counted(reached, 'resource')} of at most ${figure(limit)} (${connector}, ${setting})${over(reached, limit)}`;

const budgetLine = ({ of, limit, reached }: Budget): string =>
  `Budget: ${figure(reached)} of ${figure(limit)} ${of === 'series' ? 'series' : 'series a day'}  ${textBar(reached / limit, barWidth)}${over(reached, limit)}`;

const over = (reached: number, limit: number): string => (reached > limit ? ' - over it' : '');

function costLines({ labels, freeLabels, unusedDimensions, series }: Forecast): string[] {
  if (series === 0) {
    return [];
  }
  const most = labels.reduce((greatest, { factor }) => Math.max(greatest, factor), 1);
  return [
    'What the labels of calls_total and duration cost (series with it, for each without):',
    ...table(
      labels.map((cost) => [
        `  ${cost.label}`,
        `×${cost.factor.toFixed(1)}`,
        textBar((cost.factor - 1) / Math.max(most - 1, 1), barWidth),
        remark(cost),
      ]),
      new Set([1]),
    ),
    ...listed('  add none: ', freeLabels),
    ...listed('  dimensions that no span has: ', unusedDimensions),
  ];
}

const dropLines = ({ drops }: Forecast): string[] =>
  drops.length === 0
    ? []
    : [
        'Drop first:',
        ...drops.map(({ change, saves, costs }, index) => {
          const price = costs === undefined ? '' : `; costs ${costs}`;
          return `  ${index + 1}. ${change}: saves ${counted(saves, 'series', 'series')}${price}`;
        }),
      ];

const listed = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${title}${names.join(', ')}`];

const remark = ({ together, neededBy, saves }: LabelCost): string =>
  [
    ...(together.length === 0 ? [] : [`with ${shortened(together)}`]),
    neededBy === undefined ? `saves ${figure(saves)}` : `stays: ${neededBy} reads it`,
  ].join('; ');

const shortened = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
