import { basename, normalize } from 'node:path';
import type { ChartName } from '../chart/chart.ts';
import type { ChartRenderer } from '../chart/chart-renderer.ts';
import { unknownRelease } from '../chart/installation.ts';
import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { TemplatePaths } from '../kubernetes/pod-template.ts';
import type { Problem } from '../problems/problem.ts';
import { parseDocuments } from '../yaml/documents.ts';
import { ValueBudget } from '../yaml/limits.ts';
import type { SourceDocument } from '../yaml/source-document.ts';
import { assumedNamespace } from './assumed-namespace.ts';
import { collectorFromConfiguration, collectorFromFile } from './collector/from-configuration.ts';
import { operatorCollectors } from './collector/from-operator.ts';
import { collectorsFromValues, servicesFromValues } from './collector/from-values.ts';
import { mountedConfigurations } from './collector/mounted-configuration.ts';
import { type DocumentKind, documentKind } from './document-kind.ts';
import { containerEnvironment } from './environment/container-environment.ts';
import { dataLookup } from './environment/data-lookup.ts';
import { ExpansionBudget } from './environment/expand.ts';
import { withJavaProperties } from './environment/java-properties.ts';
import type { Variable } from './environment/variable.ts';
import { withinVariableLimit } from './environment/variable-limit.ts';
import { type Manifest, manifestsOf } from './manifest.ts';
import type { Model } from './model.ts';
import { serviceOf } from './network/service.ts';
import { injectedEntries } from './operator/injected-environment.ts';
import { OperatorResources } from './operator/selection.ts';
import type { SourceText } from './source/read-sources.ts';
import { isKustomization, withoutKustomized, withoutTemplates } from './source/unrendered.ts';
import { unnamedTemplates } from './unnamed-templates.ts';
import { unknownChart, unknownVersion } from './values/chart-notes.ts';
import type { ChartInstallation } from './values/installation.ts';
import { findInstallations } from './values/installations.ts';
import { type ValuesDocument, valuesDocument } from './values/values-document.ts';
import { type Container, Workload } from './workload.ts';

export interface ReadModelProps {
  /**
   * Files that are values whatever they look like.
   *
   * @default - what a file is shows in what it holds
   */
  readonly valuesFiles?: readonly string[];
  /**
   * Whether these files are one installation, whose values helm merges in their order.
   *
   * @default false, each is an installation of its own
   */
  readonly areLayers?: boolean;
  /**
   * Version of the chart that values files are for.
   *
   * @default - as a Chart.yaml or the head of the file names it, or the one that is known
   */
  readonly chartVersion?: string;
  /**
   * Namespace of objects that name none.
   *
   * @default - the only one that the input names, else default
   */
  readonly namespace?: string;
  /**
   * Namespace of the collector's Helm release.
   *
   * @default coralogix
   */
  readonly releaseNamespace?: string;
  /**
   * Name of the collector's Helm release.
   *
   * @default - not known; what is named after it answers to every such name
   */
  readonly releaseName?: string;
  /**
   * The chart of values files whose content shows none.
   *
   * @default otel-integration
   */
  readonly valuesChart?: ChartName;
  /**
   * Asks helm what it makes of values.
   *
   * @default - the built-in model of the chart decides alone
   */
  readonly renderer?: ChartRenderer;
  /**
   * Where further kinds have their pod template.
   *
   * @default - the kinds that podhost knows
   */
  readonly templatePaths?: TemplatePaths;
  /**
   * How the setting is written that names the pod template of a further kind, from its entry as YAML.
   *
   * @default - `instrument: { templates: […] }` of a configuration
   */
  readonly templateSetting?: (entry: string) => string;
  /**
   * What is said of the traffic and of the series that it may make.
   *
   * @default - nothing
   */
  readonly forecast?: ForecastConfig;
}

/** Makes the model of what was read. Never fails: what cannot be understood is a problem or stays unknown. */
export function readModel(sources: readonly SourceText[], props: ReadModelProps = {}): Model {
  const { releaseNamespace = 'coralogix', releaseName = unknownRelease } = props;
  const valuesFiles = new Set((props.valuesFiles ?? []).map((file) => normalize(file)));
  const isSaid = ({ file }: SourceDocument) => valuesFiles.size > 0 && valuesFiles.has(normalize(file));
  const budget = new ValueBudget();
  const rendered = withoutTemplates(sources);
  const parsed = rendered.kept.map(({ file, text }) => parseDocuments(file, text, budget));
  const built = withoutKustomized(parsed.flatMap((file) => file.documents));
  const documents = built.kept;
  const problems = parsed.flatMap((file) => file.problems);
  const kinds = new Map(documents.map((document) => [document, kindOf(document, isSaid(document), props.valuesChart)]));
  const ofKind = (...wanted: DocumentKind[]) =>
    documents.filter((document) => wanted.includes(kinds.get(document) ?? 'unknown'));

  const manifests = ofKind('manifest').flatMap(manifestsOf);
  const assumed = assumedNamespace(manifests, props.namespace);
  const namespace = assumed.name;
  const byName = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const name = key(manifest.kind, manifest.name, manifest.namespace ?? namespace);
    if (manifest.isBuiltIn || !byName.has(name)) {
      byName.set(name, manifest);
    }
  }

  const find: Model['find'] = (kind, name, where = namespace) => byName.get(key(kind, name, where));

  const given = [...valuesFiles].flatMap((name) => documents.find(({ file }) => normalize(file) === name) ?? []);
  const { installations, ...ofInstallations } = findInstallations({
    documents,
    kustomizations: parsed.flatMap((file) => file.documents).filter(isKustomization),
    manifests,
    kindOf: (document) => kinds.get(document) ?? 'unknown',
    given,
    areLayers: props.areLayers ?? false,
    chartVersion: props.chartVersion,
    find,
    budget,
  });
  const installed = new Set([
    ...installations.flatMap((installation) => installation.documents),
    ...ofInstallations.off,
  ]);
  const tooMany = installations[maximumValues];
  const release = { name: releaseName, namespace: releaseNamespace };
  const everyValues = installations
    .slice(0, maximumValues)
    .map((installation) => valuesDocument(installation, { release, renderer: props.renderer, budget }));
  const lookup = dataLookup(manifests, namespace);
  const all = manifests.flatMap((manifest) => Workload.of(manifest, namespace, props.templatePaths) ?? []);
  const running = new Set(all.map(({ manifest }) => manifest));
  const unnamed = unnamedTemplates(
    manifests.filter((manifest) => !running.has(manifest)),
    props.templateSetting,
  );
  const { workloads, problems: variableProblems } = withinVariableLimit(all, lookup);
  const instrumentations = new OperatorResources(manifests, 'Instrumentation', namespace);
  const expansions = new ExpansionBudget();
  const environments = new Map<Container, ReadonlyMap<string, Variable>>();
  const found = mountedConfigurations(workloads, lookup, budget);
  const operated = operatorCollectors(workloads, budget);

  const modelWith = (values: readonly ValuesDocument[]): Model => ({
    problems: [
      ...problems,
      ...(tooMany === undefined ? [] : [tooManyValues(tooMany)]),
      ...ofInstallations.problems,
      ...variableProblems,
      ...found.problems,
      ...operated.problems,
    ],
    files: sources.map(({ file }) => file),
    manifests,
    values,
    leftOut: [...rendered.leftOut, ...built.leftOut, ...sources.map(({ file }) => file).filter(isLock)],
    unread: [
      ...rendered.unread,
      ...built.unread,
      ...ofInstallations.unread,
      ...unnamed,
      ...values.flatMap((each) => [...unknownChart(each), ...unknownVersion(each)]),
    ],
    unknown: ofKind('unknown').filter((document) => !installed.has(document) && !isLock(document.file)),
    workloads,
    services: [
      ...manifests.filter(isService).map((manifest) => serviceOf(manifest, namespace)),
      ...operated.services,
      ...values.flatMap(servicesFromValues),
    ],
    collectors: [
      ...found.configurations.map(collectorFromConfiguration),
      ...operated.collectors,
      ...values.flatMap(collectorsFromValues),
      ...ofKind('collector-configuration').flatMap(collectorFromFile),
    ],
    namespace: assumed,
    lookup,
    ...(props.forecast === undefined ? {} : { forecast: props.forecast }),
    environment(workload, container) {
      const known = environments.get(container);
      if (known !== undefined) {
        return known;
      }
      const entries = injectedEntries({ find }, instrumentations, workload, container);
      const environment = withJavaProperties(
        containerEnvironment(workload, container, lookup, expansions, entries),
        container,
      );
      environments.set(container, environment);
      return environment;
    },
    find,
    only: (isInstalled) => modelWith(everyValues.filter(isInstalled)),
  });
  return modelWith(everyValues);
}

/** Documents of values, from each of which the configurations of a whole chart follow. */
const maximumValues = 1000;

const tooManyValues = ({ layers: [{ place }] }: ChartInstallation): Problem => ({
  code: 'lint/valid-yaml',
  message: `more than ${maximumValues} documents are values of a chart; those from here on are not looked at`,
  place: place([], 'value'),
  suggestion: 'name the values files that are meant',
});

/** It has versions of charts, and nothing to judge. */
const isLock = (file: string): boolean => basename(file) === 'Chart.lock';

const isService = ({ kind, isBuiltIn }: Manifest): boolean => kind === 'Service' && isBuiltIn;

const key = (kind: string, name: string, namespace: string): string => `${kind}\n${name}\n${namespace}`;

const kindOf = ({ value }: SourceDocument, areValues: boolean, chart: ChartName = 'otel-integration'): DocumentKind => {
  const kind = documentKind(value);
  const named = chart === 'opentelemetry-collector' && kind === 'unknown' ? 'collector-values' : 'integration-values';
  return areValues && kind !== 'collector-values' ? named : kind;
};
