import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { otlpProtocols } from '../telemetry/environment.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import { type Mapping, mappingAt, textAt, textsAt, valueAt } from '../yaml/value.ts';
import type { InstrumentFlags } from './flags.ts';
import type { InstrumentedSources } from './instrument-sources.ts';
import type { CodedReason } from './reason.ts';
import { documentsIn } from './text/documents.ts';
import type { ObjectResult } from './text/instrument-text.ts';

/**
 * The list that a KRM function reads, where a text is one.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
 */
export function resourceListIn(text: string): Mapping | undefined {
  // Every other text is read only once.
  if (!/^\s*["']?kind["']?:\s*["']?ResourceList/m.test(text) && !/"kind":\s*"ResourceList"/.test(text)) {
    return undefined;
  }
  const { documents } = documentsIn('<stdin>', text);
  const value = documents.length === 1 ? documents[0]?.value : undefined;
  const isList =
    textAt(value, 'kind') === 'ResourceList' && /^config\.kubernetes\.io\//.test(textAt(value, 'apiVersion') ?? '');
  return isList ? mappingAt(value) : undefined;
}

const settings = ['endpoint', 'endpointConfigMap', 'environment', 'protocol', 'namespace', 'selector'] as const;

/**
 * The flags that a function's configuration stands for: `data` of a ConfigMap, `spec` of any other kind.
 *
 * @throws PodhostError with every key that is none of them
 */
export function functionFlags(
  list: Mapping,
): InstrumentFlags & { readonly namespace?: string; readonly selector?: string } {
  const config = mappingAt(list, 'functionConfig');
  const given = { ...textsAt(config, 'data'), ...textsAt(config, 'spec') };
  const problems = Object.keys(given)
    .filter((key) => !settings.some((setting) => setting === key))
    .map(
      (key): Problem => ({
        code: 'instrument/unknown-setting',
        message: `functionConfig has no setting ${JSON.stringify(key)}`,
        suggestion: `there are ${settings.join(', ')}`,
      }),
    );
  const protocol = otlpProtocols.find((known) => known === given['protocol']);
  if (given['protocol'] !== undefined && protocol === undefined) {
    problems.push({
      code: 'instrument/unknown-setting',
      message: `protocol ${JSON.stringify(given['protocol'])} of functionConfig is not known`,
      suggestion: `write: ${otlpProtocols.join(' or ')}`,
    });
  }
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const { endpoint, endpointConfigMap, environment, namespace, selector } = given;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(endpointConfigMap === undefined ? {} : { endpointConfigMap }),
    ...(environment === undefined ? {} : { environment }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector === undefined ? {} : { selector }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

/** The text of a list with what was found in it as its results. */
export function withResults(text: string, list: Mapping, { files, warnings }: InstrumentedSources): string {
  const results = [
    ...files.flatMap(({ objects }) => objects.flatMap(resultsOf)),
    ...warnings.map((note) => ({ message: messageOf(note), severity: 'warning' })),
  ];
  if (results.length === 0 || valueAt(list, 'results') !== undefined) {
    return text;
  }
  const end = text.lastIndexOf('}');
  if (text.trimStart().startsWith('{')) {
    return `${text.slice(0, end).trimEnd()}, "results": ${JSON.stringify(results)}${text.slice(end)}`;
  }
  return `${text.endsWith('\n') ? text : `${text}\n`}${toYaml({ results })}`;
}

const messageOf = ({ code, message }: CodedReason): string => maskSecrets(`${code}: ${message}`);

function resultsOf({ status, skipped, object, plan }: ObjectResult): object[] {
  if (status === 'other') {
    return [];
  }
  const namespace = textAt(object, 'metadata', 'namespace');
  const resourceRef = {
    apiVersion: textAt(object, 'apiVersion'),
    kind: textAt(object, 'kind'),
    name: textAt(object, 'metadata', 'name'),
    ...(namespace === undefined ? {} : { namespace }),
  };
  const notes = [...(plan?.warnings ?? []), ...(plan?.containers ?? []).flatMap(({ warnings }) => warnings)];
  return [
    { message: skipped === undefined ? status : messageOf(skipped), severity: 'info', resourceRef },
    ...notes.map((note) => ({ message: messageOf(note), severity: 'warning', resourceRef })),
  ];
}
