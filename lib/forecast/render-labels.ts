import { bar } from './bar.ts';
import type { Forecast, LabelCost } from './forecast.ts';
import { counted, figure, table } from './table.ts';

const barWidth = 20;

export function costLines({ labels, freeLabels, unusedDimensions, series }: Forecast): string[] {
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
        bar((cost.factor - 1) / Math.max(most - 1, 1), barWidth),
        remark(cost),
      ]),
      new Set([1]),
    ),
    ...listed('  add none: ', freeLabels),
    ...listed('  dimensions that no span has: ', unusedDimensions),
  ];
}

export const dropLines = ({ drops }: Forecast): string[] =>
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
