import { fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { JsonLimits } from './json-limits.ts';
import { type TracesData, tracesData } from './otlp-span.ts';
import { type SpanSample, spanSampleOf } from './span-sample.ts';

/** More than a day of distinct spans of a large system. */
const maximumBytes = 128 * 1024 * 1024;

const suggestion = 'write: {"resourceSpans": […]}, one object or one a line, as the collector’s exporter `file` does';

/**
 * Reads spans from a file of OTLP JSON: one object, or one a line.
 *
 * @throws PodhostError with what is wrong in it, and where
 */
export function readSpanSample(file: string): SpanSample {
  const text = contentOf(file);
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const [first, ...others] = lines;
  const isOfLines = first !== undefined && others.length > 0 && parsed(first.line) !== undefined;
  const parts = isOfLines ? lines : [{ line: text, number: first?.number ?? 1 }];
  const limits = new JsonLimits();
  const sample = spanSampleOf(parts.map(({ line, number }) => tracesOf(file, line, number, limits)));
  if (sample.spanCount === 0) {
    throw refused(file, 1, 'holds no span');
  }
  return sample;
}

function contentOf(file: string): string {
  const read = readText(file, { maximumBytes, wanted: 'a file of spans' });
  if ('problem' in read) {
    throw new PodhostError([fileProblem('forecast', file, { suggestion: 'write: --spans FILE', ...read.problem })]);
  }
  return read.text;
}

function tracesOf(file: string, text: string, line: number, limits: JsonLimits): TracesData {
  const excess = limits.excess(text);
  if (excess !== undefined) {
    throw refused(file, line, excess);
  }
  const value = parsed(text);
  if (value === undefined) {
    throw refused(file, line, 'is no JSON');
  }
  const result = tracesData.safeParse(value.json);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  throw refused(file, line, `is no OTLP: ${pathOf(issue?.path ?? [])}: ${issue?.message ?? ''}`);
}

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1) || 'the whole';

const refused = (file: string, line: number, reason: string): PodhostError =>
  new PodhostError([
    { code: 'forecast/no-spans', message: `${file} ${reason}`, place: { file, line, column: 1 }, suggestion },
  ]);
