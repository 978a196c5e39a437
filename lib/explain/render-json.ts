import type { z } from 'zod';
import { visibleJson } from '../text/visible.ts';
import { type Explanation, firstBreak } from './explanation.ts';
import { headline } from './headline.ts';
import type { explanationSchema } from './json-schema.ts';

/** The explanation for programs: every key of `Explanation` is there, with null where there is nothing. */
export function renderJson(explanation: Explanation): string {
  const { service, workload, namespace, container, hops, series, application, subsystem } = explanation;
  const printed: z.input<typeof explanationSchema> = {
    version: 1,
    service,
    workload,
    namespace,
    container,
    status: firstBreak(explanation)?.status ?? 'ok',
    headline: headline(explanation),
    hops,
    series: series ?? null,
    application: application ?? null,
    subsystem: subsystem ?? null,
  };
  return `${visibleJson(printed)}\n`;
}
