import { listedObjects } from '../kubernetes/listed-objects.ts';
import type { TemplatePaths } from '../kubernetes/pod-template.ts';
import { dataLookup } from '../model/environment/data-lookup.ts';
import { manifestsOf } from '../model/manifest.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { SourceDocument } from '../yaml/source-document.ts';
import { type Mapping, textAt } from '../yaml/value.ts';
import { objectNames } from './configured-instrument.ts';
import type { InstrumentContext } from './context.ts';
import { type CodedReason, reason } from './reason.ts';
import { documentsIn, withDocuments } from './text/documents.ts';
import { instrumentDocument, type ObjectResult } from './text/instrument-text.ts';

export interface InstrumentSourcesProps {
  readonly context: InstrumentContext;
  /**
   * Namespace of objects that name none.
   *
   * @default default
   */
  readonly namespace?: string;
  /**
   * Whether an object is meant.
   *
   * @default - every object is
   */
  readonly selects?: (object: Mapping) => boolean;
  /**
   * Objects that a configuration names, as `NAME` or `KIND/NAME`: one that was not read is a warning.
   *
   * @default - none
   */
  readonly names?: readonly string[];
  /** @default - the kinds that podhost knows */
  readonly templatePaths?: TemplatePaths;
  /** @default false */
  readonly removes?: boolean;
  /** @default false */
  readonly plansOnly?: boolean;
}

/** A file with its objects instrumented. */
export interface InstrumentedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly objects: readonly ObjectResult[];
  /** Whether it holds objects for a cluster, rather than values, a kustomization or nothing. */
  readonly holdsManifests: boolean;
}

export interface InstrumentedSources {
  readonly files: readonly InstrumentedFile[];
  /** Warnings that are about the whole run. */
  readonly warnings: readonly CodedReason[];
}

/**
 * Instruments every pod template of some files.
 *
 * @throws PodhostError with every document that is not YAML
 */
export function instrumentSources(
  sources: readonly SourceText[],
  {
    context,
    namespace = 'default',
    selects = () => true,
    names = [],
    templatePaths,
    removes = false,
    plansOnly = false,
  }: InstrumentSourcesProps,
): InstrumentedSources {
  const problems: Problem[] = [];
  const read = sources.map(({ file, text }) => {
    const found = documentsIn(file, text);
    problems.push(...found.problems);
    return { file, text, documents: found.documents };
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const manifests = read.flatMap(({ file, documents }) =>
    documents.flatMap(({ text, value }) => manifestsOf(new SourceDocument(file, text, value))),
  );
  const lookup = dataLookup(manifests, namespace);
  const props = {
    context: { lookup, ...context },
    defaultNamespace: namespace,
    templatePaths,
    removes,
    plansOnly,
    selects,
  };
  const files = read.map(({ file, text, documents }): InstrumentedFile => {
    const results = documents.map((document) => ({ document, ...instrumentDocument(document, props) }));
    return {
      file,
      before: text,
      after: withDocuments(text, results),
      objects: results.flatMap(({ objects }) => objects),
      holdsManifests: documents.some(({ value }) =>
        listedObjects(value).some(({ value: object }) => !isKustomization(object)),
      ),
    };
  });
  const services = new Set(
    manifests
      .filter(({ kind }) => kind === 'Service')
      .map((manifest) => `${manifest.namespace ?? namespace}/${manifest.name}`),
  );
  const warnings = [...nameWarnings(files, names), ...(removes ? [] : endpointWarnings(files, services, context))];
  return { files, warnings };
}

/** Names that no object has. */
function nameWarnings(files: readonly InstrumentedFile[], names: readonly string[]): CodedReason[] {
  const found = new Set(files.flatMap(({ objects }) => objects.flatMap(({ object }) => objectNames(object))));
  return names
    .filter((name) => !found.has(name))
    .map((name) =>
      reason('unknown-name', `the configuration names ${name} below instrument, and no such object was read`),
    );
}

const isKustomization = (object: unknown): boolean =>
  textAt(object, 'apiVersion')?.startsWith('kustomize.config.k8s.io/') === true;

/** Namespaces from which the collector's name leads nowhere, as far as the files show. */
function endpointWarnings(
  files: readonly InstrumentedFile[],
  services: ReadonlySet<string>,
  { endpoint }: InstrumentContext,
): CodedReason[] {
  const host = /^\w+:\/\/([^:/.]+)(?=[:/]|$)/.exec(endpoint.url)?.[1];
  if (host === undefined) {
    return [];
  }
  const instrumented = files.flatMap(({ objects }) => objects).filter(({ status }) => status === 'instrumented');
  const namespaces = [...new Set(instrumented.map(({ namespace }) => namespace))].sort();
  return namespaces
    .filter((namespace) => !services.has(`${namespace}/${host}`))
    .map((namespace) =>
      reason(
        'no-endpoint-service',
        `no Service ${host} of namespace ${namespace} was read: podhost synth writes it, from the configuration of podhost init`,
      ),
    );
}
