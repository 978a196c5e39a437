import { isMapping } from '../../yaml/value.ts';
import type { EnvEntry } from '../env-entry.ts';
import { scalarText } from './scalar-text.ts';

/** The lines of an entry in block style, the first of them without its dash. */
export function entryLines({ name, value, valueFrom }: EnvEntry): string[] {
  return [
    `name: ${scalarText(name)}`,
    ...(value === undefined ? [] : [`value: ${scalarText(value)}`]),
    ...(valueFrom === undefined ? [] : ['valueFrom:', ...mappingLines(valueFrom).map((line) => `  ${line}`)]),
  ];
}

const mappingLines = (mapping: object): string[] =>
  Object.entries(mapping).flatMap(([key, value]: [string, unknown]) =>
    isMapping(value)
      ? [`${scalarText(key)}:`, ...mappingLines(value).map((line) => `  ${line}`)]
      : [`${scalarText(key)}: ${typeof value === 'string' ? scalarText(value) : JSON.stringify(value)}`],
  );

/** Lines of entries of a list, each behind its dash. */
export const listLines = (entries: readonly EnvEntry[], marker: string): string[] =>
  entries.flatMap((entry) =>
    entryLines(entry).map((line, index) => (index === 0 ? marker : ' '.repeat(marker.length)) + line),
  );

/** An entry in flow style, which is JSON and so is YAML. */
export const flowText = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(flowText).join(', ')}]`
    : isMapping(value)
      ? `{${Object.entries(value)
          .filter(([, entry]) => entry !== undefined)
          .map(([key, entry]) => `${JSON.stringify(key)}: ${flowText(entry)}`)
          .join(', ')}}`
      : JSON.stringify(value);
