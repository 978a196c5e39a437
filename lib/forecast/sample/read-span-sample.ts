import { fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
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

/** Levels of objects and lists that a line may nest. */
const maximumLevels = 200;

/** Objects and lists of a whole file; a span has about six. */
const maximumCollections = 4_000_000;

/** Counts what JSON texts hold before they are read: deep ones exhaust the stack, large ones the memory. */
class JsonLimits {
  private collections = 0;

  /** Why a JSON text is not read; undefined when it may be. */
  excess(json: string): string | undefined {
    let level = 0;
    for (let at = 0; at < json.length; at += 1) {
      switch (json.charAt(at)) {
        case '"':
          at = endOfText(json, at);
          break;
        case '{':
        case '[':
          level += 1;
          this.collections += 1;
          if (level > maximumLevels) {
            return `nests deeper than ${maximumLevels} levels`;
          }
          break;
        case '}':
        case ']':
          level -= 1;
          break;
      }
    }
    return this.collections > maximumCollections
      ? `holds more than ${maximumCollections} objects and lists`
      : undefined;
  }
}

/** Where the quote stands that ends a text; behind the last character when none does. */
function endOfText(json: string, begin: number): number {
  for (let at = json.indexOf('"', begin + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (json.charAt(at - 1 - backslashes) === '\\') {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return at;
    }
  }
  return json.length;
}
