import { normalize } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { explainSender } from '../../explain/explain-service.ts';
import { type Explanation, firstBreak } from '../../explain/explanation.ts';
import { explanationJson } from '../../explain/json.ts';
import { explanationHtml } from '../../explain/render-html.ts';
import { renderMermaid } from '../../explain/render-mermaid.ts';
import { explanationText } from '../../explain/render-text.ts';
import { matchesOf } from '../../explain/senders.ts';
import { coverageOf } from '../../model/coverage.ts';
import type { Model } from '../../model/model.ts';
import { hasSdk, type Sender, sendersOf } from '../../model/path/sender.ts';
import { spanPathOf } from '../../model/path/span-path.ts';
import type { Workload } from '../../model/workload.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { maskTexts } from '../../secrets/mask-secrets.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { type ChosenModelOptions, readChosenModel, reportCoverage } from '../model-input.ts';
import { print, report } from '../printer.ts';
import { writePage } from '../report-file.ts';
import { fromWorkingFolder } from '../working-folder.ts';

const formats = {
  text: (explanation: Explanation) => explanationText(explanation),
  json: explanationJson,
  mermaid: (explanation: Explanation) => renderMermaid(explanation),
};

export interface ExplainOptions extends ChosenModelOptions {
  readonly format: keyof typeof formats;
  /** The file of the workload, where several have it. */
  readonly file?: string;
  /** Whether the coverage names what it counts. */
  readonly verbose?: boolean;
  /** File to write the page to. */
  readonly html?: string;
  /** Configuration of the system, for its namespaces. */
  readonly config?: readonly string[];
}

/**
 * `podhost explain`: the path of one span.
 *
 * @returns the exit status: 1 when a step is broken
 * @throws PodhostError when no service is meant, or more than one
 */
export function explainCommand(service: string, paths: readonly string[], options: ExplainOptions): 0 | 1 {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const model = readChosenModel(paths, options, config);
  const file = options.file === undefined ? undefined : fromWorkingFolder(options.file);
  const [sender, ...others] = matchesOf(model, service).filter(({ workload }) => isIn(workload, file));
  if (sender === undefined) {
    throw unknownService(model, service, paths);
  }
  if (others.length > 0) {
    throw manyServices(service, [sender, ...others]);
  }
  const explanation = explainSender(model, sender);
  report(...installationNote(model, sender));
  const coverage = coverageOf(model);
  print(formats[options.format](explanation, coverage));
  if (options.html !== undefined) {
    writePage(options.html, explanationHtml(maskTexts(explanation)));
  }
  reportCoverage(coverage, { verbose: options.verbose ?? false });
  return firstBreak(explanation)?.status === 'broken' ? 1 : 0;
}

/** Which installation the path leads through, where there are several. */
function installationNote(model: Model, sender: Sender): string[] {
  const { collectors } = spanPathOf(model, sender);
  const used = model.values.find(({ rendering }) =>
    collectors.some(({ rendered }) => rendered !== undefined && rendering.collectors.includes(rendered)),
  );
  const others = model.values.filter(({ chart }) => chart === used?.chart).filter((values) => values !== used);
  return used === undefined || others.length === 0
    ? []
    : [
        `the path leads through the installation of ${used.title}; --installation chooses ${oneOf(others.map(({ title }) => title))}`,
      ];
}

/** Whether a workload is written in a file, or in any where none is named. */
const isIn = ({ manifest }: Workload, file: string | undefined): boolean =>
  file === undefined || normalize(manifest.document.file) === normalize(file);

function unknownService(model: Model, service: string, paths: readonly string[]): PodhostError {
  const senders = sendersOf(model);
  const withSdk = senders.filter(hasSdk);
  const names = [...new Set((withSdk.length > 0 ? withSdk : senders).map((sender) => sender.service))].sort();
  const meant = didYouMean(service.split('/').at(-1) ?? service, names);
  const listed = names.length === 0 ? 'no pod there would send spans' : `there are ${names.join(', ')}`;
  return new PodhostError([
    {
      code: 'explain/no-service',
      message: `nothing in ${paths.join(' ')} is called ${service}: ${listed}`,
      suggestion: meant === undefined ? 'name one of them, or another folder' : `write: ${meant}`,
    },
  ]);
}

function manyServices(service: string, senders: readonly Sender[]): PodhostError {
  const titles = senders.map(({ workload }) => `${workload.title} of namespace ${workload.namespace}`);
  const written = senders.map(
    ({ workload: { namespace, kind, name } }) => `${namespace}/${kind.toLowerCase()}/${name}`,
  );
  const files = senders.map(({ workload }) => workload.manifest.document.file);
  // The same object twice has the same names.
  const isRepeated = new Set(written).size < written.length;
  return new PodhostError([
    {
      code: 'explain/many-services',
      message: isRepeated
        ? `${service} is written ${senders.length} times, in ${files.join(' and in ')}`
        : `${service} may be ${titles.join(' or ')}`,
      suggestion: isRepeated
        ? `add: ${[...new Set(files)].map((file) => `--file ${file}`).join(' or ')}`
        : `write: ${written.join(' or ')}`,
    },
  ]);
}
