import type { z } from 'zod';
import { visibleJson } from '../text/visible.ts';
import type { Forecast } from './forecast.ts';
import type { forecastReportSchema } from './json-schema.ts';

/** The forecast for programs. */
export function renderJson(forecast: Forecast): string {
  const printed: z.input<typeof forecastReportSchema> = { version: 1, ...forecast };
  return `${visibleJson(printed)}\n`;
}
