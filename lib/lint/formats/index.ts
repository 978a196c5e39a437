import { githubFormat } from './github.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import type { Format } from './report.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

/** Every format by the name that `--format` takes. */
export const formats = {
  text: textFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  github: githubFormat,
  junit: junitFormat,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
