import type { Place } from '../problems/problem.ts';
import { type Html, html } from './element.ts';

/** What is known of something, which decides its colour. */
export type PictureStatus = 'proven' | 'broken' | 'transition' | 'blocked' | 'unchecked';

/** What stands beside a name, so that no reader needs the colour. */
export const pictureMarks: Readonly<Record<PictureStatus, string>> = {
  proven: '✓',
  broken: '✗',
  transition: '…',
  blocked: '–',
  unchecked: '?',
};

export interface PictureHop {
  readonly name: string;
  readonly status: PictureStatus;
  /** What it means, shown on demand. */
  readonly description: string;
  /** Whether the path breaks here. */
  readonly isCut: boolean;
}

/**
 * The hops of a path as boxes with arrows between them; the arrow to the hop that breaks is cut off.
 *
 * @param label what the path is, for readers that hear it
 */
export function pathPicture(label: string, hops: readonly PictureHop[]): Html {
  const items = hops.map(
    ({ name, status, description, isCut }) =>
      html`<li class="${status}${isCut ? ' cut' : ''}"><span title="${description}"><span class="${status}" aria-hidden="true">${pictureMarks[status]}</span> ${name}</span></li>\n`,
  );
  return html`<ol class="path" aria-label="${label}">\n${items}</ol>\n`;
}

export interface HeadlineBoxProps {
  /** `proven`, `broken` or `not-proven`. */
  readonly kind: string;
  /** The verdict in a word or two. */
  readonly verdict: string;
  readonly lines: readonly Html[];
}

/** The answer, before everything else. */
export const headlineBox = ({ kind, verdict, lines }: HeadlineBoxProps): Html =>
  html`<section class="headline ${kind}" aria-label="Result">
<p class="verdict ${kind}">${verdict}</p>
${lines}</section>
`;

/** A line of a file. */
export const placeText = ({ file, line, column }: Place): Html => html`<code>${file}:${line}:${column}</code>`;

export interface HtmlTableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** Rows whose first cell is the heading of its row. */
  readonly rows: readonly (readonly (string | number | Html)[])[];
  /** Columns of figures, by index. */
  readonly figures?: readonly number[];
}

/** A table that scrolls within itself on a narrow screen. */
export function htmlTable({ label, head, rows, figures = [] }: HtmlTableProps): Html {
  const kind = (index: number) => (figures.includes(index) ? 'figure' : 'text');
  const cells = (row: HtmlTableProps['rows'][number]): Html[] =>
    row.map((cell, index) =>
      index === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(index)}">${cell}</td>`,
    );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table>
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table>
</div>
`;
}

export interface BarProps {
  /** From 0 to 1. */
  readonly share: number;
  /** What the bar shows, for readers that hear it. */
  readonly label: string;
}

/** A bar of a chart; its length is a share of the longest. */
export function barChart({ share, label }: BarProps): Html {
  const width = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0)) * 200;
  return html`<svg class="bar" role="img" aria-label="${label}" viewBox="0 0 200 12" width="200" height="12"><rect class="ground" width="200" height="12" rx="2"></rect><rect class="share" width="${width.toFixed(1)}" height="12" rx="2"></rect></svg>`;
}
