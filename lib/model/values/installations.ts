import { isDeepStrictEqual } from 'node:util';
import { firstKnown } from '../../chart/publisher.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { mappingAt } from '../../yaml/value.ts';
import { type DocumentKind, documentKind } from '../document-kind.ts';
import type { Manifest } from '../manifest.ts';
import { publisherBeside, versionBeside } from './chart-version.ts';
import type { ChartInstallation, FoundInstallations } from './installation.ts';
import { mappingLayer, mergedValues } from './layer.ts';
import { argoCdInstallations } from './objects/argo-cd.ts';
import { listedInstallations } from './objects/chart-lists.ts';
import { type FindManifest, fluxInstallation } from './objects/flux.ts';
import { k3sInstallation } from './objects/k3s.ts';
import { ValuesReader } from './objects/values-reader.ts';
import { umbrellaInstallations } from './umbrella.ts';

export interface FindInstallationsProps {
  readonly documents: readonly SourceDocument[];
  /** Kustomizations, which are no other input. */
  readonly kustomizations: readonly SourceDocument[];
  readonly manifests: readonly Manifest[];
  readonly kindOf: (document: SourceDocument) => DocumentKind;
  /** The first documents of the files that were given as values, in the order of these. */
  readonly given: readonly SourceDocument[];
  /** Whether these are one installation. */
  readonly areLayers: boolean;
  /** The version of the charts of files; undefined where nothing names it. */
  readonly chartVersion: string | undefined;
  readonly find: FindManifest;
  readonly budget: ValueBudget;
}

/** Every installation of a known chart: of objects of GitOps tools, and of values files. */
export function findInstallations(props: FindInstallationsProps): FoundInstallations {
  const { documents, manifests, find, budget } = props;
  const reader = new ValuesReader(budget);
  const ofObjects = manifests.flatMap((manifest) => [
    ...argoCdInstallations(manifest, documents, reader),
    ...fluxInstallation(manifest, find, reader),
    ...k3sInstallation(manifest, find, reader),
  ]);
  ofObjects.push(...listedInstallations([...documents, ...props.kustomizations], reader));
  const used = new Set(ofObjects.flatMap((installation) => installation.documents));
  const given = props.given.filter((document) => !used.has(document));
  const { installations: ofUmbrellas, off } = umbrellaInstallations(documents, given);
  for (const document of [...ofUmbrellas.flatMap((installation) => installation.documents), ...off]) {
    used.add(document);
  }
  const ofFiles = fileInstallations(props, used);
  const { over, alone } = withGiven(ofFiles, ofObjects, props);
  return {
    installations: [...ofUmbrellas, ...withoutCopies(alone, over)],
    off,
    problems: reader.problems,
    unread: reader.unread,
  };
}

/** The given values files together are one installation, and each other one is its own. */
function fileInstallations(
  { documents, kindOf, given, areLayers, chartVersion }: FindInstallationsProps,
  used: ReadonlySet<SourceDocument>,
): ChartInstallation[] {
  const layers = given.filter((document) => !used.has(document));
  const isValues = (document: SourceDocument) => ['integration-values', 'collector-values'].includes(kindOf(document));
  const written = documents.filter(
    (document) => !used.has(document) && !given.includes(document) && isValues(document),
  );
  return [
    ...(areLayers ? [layers] : layers.map((layer) => [layer])).flatMap((set) => givenInstallations(set, kindOf)),
    ...written.map((document) => fileInstallation([document], chartOf(kindOf(document)), false)),
  ].flatMap((installation) => {
    if (installation === undefined) {
      return [];
    }
    const publishers = installation.documents.map((document) => publisherBeside(document, documents));
    const [version = chartVersion] = installation.documents.flatMap(
      (document) => versionBeside(document, documents, installation.chart) ?? [],
    );
    return [
      {
        ...installation,
        publisher: firstKnown(...publishers),
        ...(version === undefined ? {} : { version }),
      },
    ];
  });
}

/** Values of both charts may be given; what names neither is for the chart that another one names. */
function givenInstallations(
  given: readonly SourceDocument[],
  kindOf: FindInstallationsProps['kindOf'],
): (ChartInstallation | undefined)[] {
  const isPlain = (document: SourceDocument) => kindOf(document) === 'collector-values';
  const others = given.filter((document) => !isPlain(document));
  const isOnlyPlain = given.some(isPlain) && others.every(({ value }) => documentKind(value) === 'unknown');
  return isOnlyPlain
    ? [fileInstallation(given, 'opentelemetry-collector', true)]
    : [
        fileInstallation(others, 'otel-integration', true),
        fileInstallation(given.filter(isPlain), 'opentelemetry-collector', true),
      ];
}

const chartOf = (kind: DocumentKind): ChartInstallation['chart'] =>
  kind === 'collector-values' ? 'opentelemetry-collector' : 'otel-integration';

function fileInstallation(
  documents: readonly SourceDocument[],
  chart: ChartInstallation['chart'],
  isNamed: boolean,
): ChartInstallation | undefined {
  const [first, ...others] = documents.map((document) => mappingLayer(document, mappingAt(document.value)));
  return (
    first && {
      chart,
      title: documents.map(({ file }) => file).join(' and '),
      layers: [first, ...others],
      isNamed,
      isFile: true,
      documents,
    }
  );
}

/** Given values lie over those of the objects that install the same chart, where they are no copy of these. */
function withGiven(
  ofFiles: readonly ChartInstallation[],
  ofObjects: readonly ChartInstallation[],
  { areLayers, given }: FindInstallationsProps,
): { readonly over: readonly ChartInstallation[]; readonly alone: readonly ChartInstallation[] } {
  const isGiven = ({ documents }: ChartInstallation) =>
    areLayers && documents.some((document) => given.includes(document));
  const isCopy = (file: ChartInstallation) =>
    ofObjects.some(({ layers }) => isDeepStrictEqual(mergedValues(layers), mergedValues(file.layers)));
  const laid = ofFiles.filter(
    (file) => isGiven(file) && ofObjects.some(({ chart }) => chart === file.chart) && !isCopy(file),
  );
  return {
    over: ofObjects.map((object): ChartInstallation => {
      const file = laid.find(({ chart }) => chart === object.chart);
      return file === undefined
        ? object
        : {
            ...object,
            title: `${object.title} with ${file.title}`,
            layers: [...object.layers, ...file.layers],
            documents: [...object.documents, ...file.documents],
          };
    }),
    alone: ofFiles.filter((file) => !laid.includes(file)),
  };
}

/** The values of an object may stand in a file as well, as `podhost synth` writes them: these are one installation. */
function withoutCopies(
  ofFiles: readonly ChartInstallation[],
  ofObjects: readonly ChartInstallation[],
): ChartInstallation[] {
  const copies = new Map<ChartInstallation, ChartInstallation>();
  for (const object of ofObjects) {
    const values = mergedValues(object.layers);
    const file = ofFiles.find((other) => !copies.has(other) && isDeepStrictEqual(mergedValues(other.layers), values));
    if (file !== undefined) {
      copies.set(file, object);
    }
  }
  const copied = new Set(copies.values());
  return [
    ...ofFiles.map((file): ChartInstallation => {
      const { name, namespace } = copies.get(file) ?? {};
      return { ...file, ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
    }),
    ...ofObjects.filter((object) => !copied.has(object)),
  ];
}
