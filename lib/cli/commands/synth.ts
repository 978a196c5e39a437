import { join } from 'node:path';
import type { z } from 'zod';
import { loadSystem } from '../../config/load-system.ts';
import type { InstrumentedSources } from '../../instrument/instrument-sources.ts';
import { reportLines } from '../../instrument/report.ts';
import type { synthesisSchema } from '../../synth/json-schema.ts';
import { type Synthesis, synthesizeSystem } from '../../synth/synthesize.ts';
import { visibleJson } from '../../text/visible.ts';
import { nextSteps } from '../next-steps.ts';
import { print, report, reportText } from '../printer.ts';
import { reportWarnings } from '../report-failure.ts';
import type { WatchedRun } from '../watched-synthesis.ts';

export interface SynthOptions {
  /** Files of the configuration, each above those before it. */
  readonly config: readonly string[];
  /** Output folder. */
  readonly output: string;
  readonly format: 'text' | 'json';
  /** Whether to go on with each save of the configuration. */
  readonly watch?: boolean;
}

/** `podhost synth`: the configuration is loaded and checked whole before a file is touched. */
export async function synthCommand(options: SynthOptions): Promise<void> {
  if (options.watch !== true) {
    synthesizeOnce(options, true);
    return;
  }
  const { watchSynthesis } = await import('../watched-synthesis.ts');
  let isFirst = true;
  watchSynthesis(options.config, () => {
    const run = synthesizeOnce(options, isFirst);
    isFirst = false;
    return run;
  });
}

/** @param isGuided whether what comes next is printed */
function synthesizeOnce({ config, output, format }: SynthOptions, isGuided: boolean): WatchedRun {
  const loaded = loadSystem(config);
  reportWarnings(loaded.warnings);
  const { synthesis, files, instrumented } = synthesizeSystem(loaded, output);
  if (format === 'json') {
    print(`${visibleJson({ version: 1, ...synthesis } satisfies z.input<typeof synthesisSchema>)}\n`);
    return { loaded, files };
  }
  report(...instrumentedLines(instrumented), ...synthesisLines(synthesis));
  if (isGuided) {
    reportText(`${nextSteps({ config: loaded.config, configFile: config, output })}\n`);
  }
  return { loaded, files };
}

/** What was done to each workload of existing manifests, where there are any. */
const instrumentedLines = (instrumented: InstrumentedSources): string[] =>
  instrumented.files.length === 0 ? [] : reportLines(instrumented);

/** What has changed; everything that was removed has a line of its own. */
function synthesisLines({ output, list, written, removed, adopted, left, unchanged }: Synthesis): string[] {
  const inOutput = (path: string) => join(output, path);
  return [
    `${output}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged`,
    ...removed.map((path) => `${inOutput(path)}: removed, the system no longer has it`),
    ...(removed.length > 0
      ? ['The cluster keeps its objects until podhost deploy or the GitOps tool prunes them.']
      : []),
    ...left.map(
      (path) => `${inOutput(path)}: the system no longer has it, but podhost did not write what is there; it stays`,
    ),
    ...(adopted.length > 0
      ? [
          `${inOutput(list)}: lists ${adopted.length} files now that were generated before and in no list: ${adopted.join(', ')}`,
        ]
      : []),
  ];
}
