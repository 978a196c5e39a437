import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { podhost } from '../../command-name.ts';
import { checkText } from '../../config/load-config.ts';
import {
  chartTexts,
  entryTexts,
  isKustomizationFolder,
  type ManifestText,
} from '../../config/manifests/entry-texts.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { defaultEndpoint } from '../../instrument/endpoint.ts';
import { instrumentSources } from '../../instrument/instrument-sources.ts';
import { entriesFrom, type ProposedEntry, proposedManifests } from '../../instrument/proposed-manifests.ts';
import { startingConfig } from '../../instrument/starting-config.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { isWarning, type Problem } from '../../problems/problem.ts';
import { askText, isInteractive, type Terminal } from '../../run/terminal.ts';
import { operand, sh } from '../../text/shell.ts';
import { sourcesOf } from '../model-input.ts';
import { report, terminal } from '../printer.ts';
import { reportWarnings } from '../report-failure.ts';

export interface InitOptions {
  readonly domain?: string;
  readonly clusterName?: string;
  readonly environment?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly output: string;
}

/** What no manifest shows, with an example of each. */
const examples = {
  domain: 'eu2.coralogix.com',
  clusterName: 'prod-1',
  environment: 'production',
  namespace: 'shop',
} as const;

type Wanted = keyof typeof examples;

const flagOf = (wanted: Wanted): string => `--${wanted.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Questions on a terminal, for what the command line does not name. */
const questions: Readonly<Record<Wanted, string>> = {
  domain: 'Domain of the Coralogix region',
  clusterName: 'Name of the cluster',
  environment: 'Environment of the workloads',
  namespace: 'Namespace of the workloads',
};

/**
 * `podhost init`: the smallest configuration for manifests that exist. On a terminal it asks for what is missing.
 *
 * @throws PodhostError with every flag that is missing, when the file is there already, or when a value is refused
 */
export async function initCommand(
  paths: readonly string[],
  options: InitOptions,
  asked: Terminal = terminal,
): Promise<void> {
  const { output, name } = options;
  if (existsSync(output)) {
    const message = `${output} is there already`;
    const suggestion = 'remove it, or name another file with --output';
    throw new PodhostError([{ code: 'init/file-exists', message, suggestion }]);
  }
  const given: Partial<Record<Wanted, string>> = { ...options };
  const shownNowhere = ['domain', 'clusterName', 'environment'] as const;
  if (isInteractive(asked)) {
    await ask(given, shownNowhere, asked);
  }
  const sources = sourcesOf(paths, []);
  const proposed = proposedManifests(sources, { environment: given.environment ?? '', home: dirname(output) });
  const read = rendered(proposed.entries, {
    release: name ?? given.namespace ?? 'release',
    namespace: given.namespace ?? 'default',
  });
  const piped = sources.filter(({ file }) => file === '<stdin>');
  const found = instrumentSources([...proposed.plain, ...read.texts, ...piped], {
    context: { endpoint: defaultEndpoint },
    plansOnly: true,
    ...(given.namespace === undefined ? {} : { namespace: given.namespace }),
  });
  const manifests = entriesFrom(dirname(output), proposed.entries);
  const namesNone = startingConfig(found, { ...required(given), name, manifests }).namespace === undefined;
  if (namesNone && isInteractive(asked)) {
    await ask(given, ['namespace'], asked);
  }
  // Which overlay is meant depends on the environment, and may name a namespace.
  const isChosen = given.environment !== undefined || proposed.notes.length === 0;
  refuse([
    ...missing(given, shownNowhere, 'no manifest shows it'),
    ...(namesNone && isChosen ? missing(given, ['namespace'], 'no manifest names a namespace') : []),
    ...proposed.problems,
  ]);
  const { text, notes } = startingConfig(found, { ...required(given), name, manifests });
  const refused = checkText(output, text);
  refuse(refused.filter((each) => !isWarning(each)));
  writeFileAtomically(output, text);
  report(...proposed.notes, ...read.notes, ...notes, `${output}: written`);
  reportWarnings(refused);
  report('Next:', `  ${sh`${podhost} synth --config ${operand(output)}`}`);
  if (proposed.entries.some((entry) => typeof entry !== 'string')) {
    // The templates of a chart cannot be changed as files.
    return;
  }
  // Manifests that name none are applied to this one.
  const inNamespace = given.namespace === undefined ? [] : ['--namespace', given.namespace];
  const flags = ['--environment', given.environment ?? '', ...inNamespace];
  report(
    ...(manifests.length === 0
      ? []
      : [`or remove manifests from ${output}, and change the files themselves beside what synth writes:`]),
    `  ${sh`${podhost} instrument ${paths.map(operand)} ${flags} --write`}`,
  );
}

/** What kustomize and helm make of the entries that are not plain files. */
function rendered(entries: readonly ProposedEntry[], names: { readonly release: string; readonly namespace: string }) {
  const texts: ManifestText[] = [];
  const notes: string[] = [];
  for (const entry of entries) {
    const path = typeof entry === 'string' ? entry : entry.helm;
    if (typeof entry === 'string' && !isKustomizationFolder(entry)) {
      continue;
    }
    const made =
      typeof entry === 'string'
        ? entryTexts(path, path)
        : chartTexts({ helm: path, chart: path, values: entry.values ?? [], ...names });
    texts.push(...made.texts);
    notes.push(
      ...made.problems.map(
        ({ message, suggestion }) => `not read yet: ${message}${suggestion === undefined ? '' : `; ${suggestion}`}`,
      ),
    );
  }
  return { texts, notes };
}

const required = ({ domain = '', clusterName = '', environment = '', namespace }: Partial<Record<Wanted, string>>) => ({
  domain,
  clusterName,
  environment,
  ...(namespace === undefined ? {} : { namespace }),
});

/** Asks for what is missing. */
async function ask(given: Partial<Record<Wanted, string>>, wanted: readonly Wanted[], asked: Terminal): Promise<void> {
  for (const key of wanted.filter((each) => !given[each])) {
    const question = `${questions[key]}, e.g. ${examples[key]}`;
    given[key] = await askText(question, asked, new AbortController().signal);
  }
}

/** The flag of each thing that is missing. */
const missing = (given: Partial<Record<Wanted, string>>, wanted: readonly Wanted[], why: string): Problem[] =>
  wanted
    .filter((key) => !given[key])
    .map((key) => ({
      code: 'init/missing-flag',
      message: `${flagOf(key)} is missing, and ${why}`,
      suggestion: `write: ${flagOf(key)} ${examples[key]}`,
    }));

function refuse([first, ...others]: readonly Problem[]): void {
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
}
