import { existsSync } from 'node:fs';
import { podhost } from '../../command-name.ts';
import { checkText } from '../../config/load-config.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { defaultEndpoint } from '../../instrument/endpoint.ts';
import { instrumentSources } from '../../instrument/instrument-sources.ts';
import { startingConfig } from '../../instrument/starting-config.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { isWarning, type Problem } from '../../problems/problem.ts';
import { operand, sh } from '../../text/shell.ts';
import { sourcesOf } from '../model-input.ts';
import { report } from '../printer.ts';
import { reportWarnings } from '../report-failure.ts';

export interface InitOptions {
  readonly domain?: string;
  readonly clusterName?: string;
  readonly environment?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly output: string;
}

/**
 * `podhost init`: the smallest configuration for manifests that exist.
 *
 * @throws PodhostError with every flag that is missing, when the file is there already, or when a value is refused
 */
export function initCommand(paths: readonly string[], options: InitOptions): void {
  const { domain = '', clusterName = '', environment = '', namespace, name, output } = options;
  const required = {
    '--domain': [domain, 'eu2.coralogix.com'],
    '--cluster-name': [clusterName, 'prod-1'],
    '--environment': [environment, 'production'],
  } as const;
  const problems = Object.entries(required)
    .filter(([, [value]]) => value === '')
    .map(
      ([flag, [, example]]): Problem => ({
        code: 'init/missing-flag',
        message: `${flag} is missing, and no manifest shows it`,
        suggestion: `write: ${flag} ${example}`,
      }),
    );
  if (existsSync(output)) {
    problems.push({
      code: 'init/file-exists',
      message: `${output} is there already`,
      suggestion: 'remove it, or name another file with --output',
    });
  }
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const sources = sourcesOf(paths, []);
  const found = instrumentSources(sources, {
    context: { endpoint: defaultEndpoint },
    plansOnly: true,
    ...(namespace === undefined ? {} : { namespace }),
  });
  const config = startingConfig(found, { domain, clusterName, environment, namespace, name });
  if (config.namespace === undefined) {
    const message = '--namespace is missing, and no manifest names a namespace';
    throw new PodhostError([{ code: 'init/missing-flag', message, suggestion: 'write: --namespace shop' }]);
  }
  const { text, notes } = config;
  const refused = checkText(output, text);
  const [problem, ...more] = refused.filter((found) => !isWarning(found));
  if (problem !== undefined) {
    throw new PodhostError([problem, ...more]);
  }
  writeFileAtomically(output, text);
  report(...notes, `${output}: written`);
  reportWarnings(refused);
  // Manifests that name none are applied to this one.
  const inNamespace = namespace === undefined ? [] : ['--namespace', namespace];
  report(
    'Next:',
    `  ${sh`${podhost} synth --config ${operand(output)}`}`,
    `  ${sh`${podhost} instrument ${paths.map(operand)} ${['--environment', environment, ...inNamespace]} --write`}`,
  );
}
