import { type Html, html } from '../html/element.ts';
import { htmlPage } from '../html/page.ts';
import { barChart, headlineBox, htmlTable } from '../html/parts.ts';
import { type Forecast, isOver } from './forecast.ts';
import { figure } from './table.ts';

/** The forecast as one page that needs no network: a picture of the services and labels that the series come from. */
export function forecastHtml(forecast: Forecast): string {
  const { series, seriesPerDay, notes } = forecast;
  const over = isOver(forecast);
  return htmlPage({
    title: `podhost forecast: ${figure(series)} series`,
    heading: 'podhost forecast',
    body: [
      headlineBox({
        kind: over ? 'broken' : 'proven',
        verdict: over ? 'Too many' : 'Within its limits',
        lines: [html`<p>${figure(series)} series of span metrics, ${figure(seriesPerDay)} a day</p>\n`],
      }),
      servicesPart(forecast),
      metricsPart(forecast),
      labelsPart(forecast),
      ...dropsPart(forecast),
      ...limitsPart(forecast),
      ...(notes.length === 0
        ? []
        : [html`<h2>Notes</h2>\n<ul>\n${notes.map((note) => html`<li>${note}</li>\n`)}</ul>\n`]),
    ],
  });
}

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(whole, 1))} %`;

const most = (figures: readonly number[]): number => figures.reduce((greatest, each) => Math.max(greatest, each), 1);

function servicesPart({ services, series }: Forecast): Html {
  const longest = most(services.map((service) => service.series));
  return html`<h2>Where the series come from</h2>
${htmlTable({
  label: 'Series by service',
  head: ['service', 'pods', 'operations', 'label sets', 'series', 'share', 'picture'],
  figures: [1, 2, 3, 4, 5],
  rows: services.map((service) => [
    service.service + (service.basis === 'assumed' ? ' *' : ''),
    figure(service.pods),
    figure(service.operations),
    figure(service.labelSets),
    figure(service.series),
    percent(service.series, series),
    barChart({
      share: service.series / longest,
      label: `${service.service}: ${percent(service.series, series)} of all series`,
    }),
  ]),
})}`;
}

function metricsPart({ metrics }: Forecast): Html {
  const made = metrics.filter((metric) => metric.series > 0);
  const longest = most(made.map((metric) => metric.series));
  return html`<h2>Metrics</h2>
${htmlTable({
  label: 'Series by metric',
  head: ['metrics', 'label sets', 'series for each', 'series', 'picture'],
  figures: [1, 2, 3],
  rows: made.map(({ names, labelSets, seriesPerLabelSet, series }) => [
    names.join(', '),
    figure(labelSets),
    figure(seriesPerLabelSet),
    figure(series),
    barChart({ share: series / longest, label: `${names.join(', ')}: ${figure(series)} series` }),
  ]),
})}`;
}

function labelsPart({ labels }: Forecast): Html {
  const longest = most(labels.map(({ factor }) => factor - 1));
  return html`<h2>What labels cost</h2>
${htmlTable({
  label: 'Series by label',
  head: ['label', 'series for each without', 'picture', 'remark'],
  figures: [1],
  rows: labels.map(({ label, factor, neededBy, saves }) => [
    label,
    `×${factor.toFixed(1)}`,
    barChart({ share: (factor - 1) / longest, label: `${label} multiplies the series by ${factor.toFixed(1)}` }),
    neededBy === undefined ? `saves ${figure(saves)}` : `stays: ${neededBy} reads it`,
  ]),
})}`;
}

const dropsPart = ({ drops }: Forecast): Html[] =>
  drops.length === 0
    ? []
    : [
        html`<h2>Drop first</h2>\n<ol>\n${drops.map(
          ({ change, saves, costs }) =>
            html`<li>${change}: saves ${figure(saves)} series${costs === undefined ? '' : `; costs ${costs}`}</li>\n`,
        )}</ol>\n`,
      ];

function limitsPart({ caps, budgets }: Forecast): Html[] {
  const rows = [
    ...caps.map(({ setting, connector, limit, reached }) => [`${setting} of ${connector}`, limit, reached] as const),
    ...budgets.map(
      ({ of, limit, reached }) => [`budget of ${of === 'series' ? 'series' : 'series a day'}`, limit, reached] as const,
    ),
  ];
  return rows.length === 0
    ? []
    : [
        html`<h2>Limits</h2>\n`,
        htmlTable({
          label: 'Limits',
          head: ['limit', 'at most', 'reached', 'picture'],
          figures: [1, 2],
          rows: rows.map(([name, limit, reached]) => [
            name,
            figure(limit),
            html`${figure(reached)}${reached > limit ? html` <strong class="broken">over it</strong>` : ''}`,
            barChart({ share: reached / limit, label: `${name}: ${figure(reached)} of ${figure(limit)}` }),
          ]),
        }),
      ];
}
