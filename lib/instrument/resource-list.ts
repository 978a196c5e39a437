import { templatesSchema } from '../config/schema/instrument.ts';
import type { ConfiguredTemplate } from '../kubernetes/pod-template.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { otlpProtocols } from '../telemetry/environment.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import { type Mapping, mappingAt, textAt, valueAt } from '../yaml/value.ts';
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

const texts = ['endpoint', 'endpointConfigMap', 'environment', 'protocol', 'namespace', 'selector'] as const;

/** What a function's configuration sets. */
export interface FunctionSettings extends InstrumentFlags {
  readonly namespace?: string;
  readonly selector?: string;
  /** Custom kinds that run pods. */
  readonly templates: readonly ConfiguredTemplate[];
}

/**
 * The settings of a function's configuration: `data` of a ConfigMap, `spec` of any other kind.
 *
 * @throws PodhostError with every key and value that is none of them
 */
export function functionSettings(list: Mapping): FunctionSettings {
  const config = mappingAt(list, 'functionConfig');
  const given = { ...mappingAt(config, 'data'), ...mappingAt(config, 'spec') };
  const { templates, ...others } = given;
  const read = templatesIn(templates);
  const problems = [...Object.entries(others).flatMap(settingProblems), ...read.problems];
  const [first, ...more] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...more]);
  }
  const found = Object.fromEntries(
    texts.flatMap((key) => (textAt(given, key) === undefined ? [] : [[key, textAt(given, key)]])),
  );
  const protocol = otlpProtocols.find((known) => known === given['protocol']);
  return { ...found, ...(protocol === undefined ? {} : { protocol }), templates: read.templates };
}

function settingProblems([key, value]: readonly [string, unknown]): Problem[] {
  if (!texts.some((known) => known === key)) {
    const message = `functionConfig has no setting ${JSON.stringify(key)}`;
    return [{ code: 'instrument/unknown-setting', message, suggestion: `there are ${texts.join(', ')} and templates` }];
  }
  if (textAt({ value }, 'value') === undefined) {
    const message = `${key} of functionConfig is no text`;
    return [{ code: 'instrument/unknown-setting', message, suggestion: `write: ${key}: TEXT` }];
  }
  if (key === 'protocol' && !otlpProtocols.some((known) => known === value)) {
    const message = `protocol ${JSON.stringify(value)} of functionConfig is not known`;
    return [{ code: 'instrument/unknown-setting', message, suggestion: `write: ${otlpProtocols.join(' or ')}` }];
  }
  return [];
}

/** Custom kinds as a list, or as the YAML of one where values are texts, as in a ConfigMap. */
function templatesIn(value: unknown): { templates: readonly ConfiguredTemplate[]; problems: readonly Problem[] } {
  const written = typeof value === 'string' ? documentsIn('<templates>', value).documents[0]?.value : value;
  const parsed = templatesSchema.safeParse(written ?? []);
  if (parsed.success) {
    return { templates: parsed.data, problems: [] };
  }
  const problem: Problem = {
    code: 'instrument/unknown-setting',
    message: 'templates of functionConfig is no list of kinds with their paths',
    suggestion: 'write: templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.template }]',
    details: parsed.error.issues.map(({ path, message }) => `${['templates', ...path].join('.')}: ${message}`),
  };
  return { templates: [], problems: [problem] };
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
