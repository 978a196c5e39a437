import { isDeepStrictEqual } from 'node:util';
import type { ValueBudget } from '../../yaml/limits.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import type { DocumentKind } from '../document-kind.ts';
import type { Manifest } from '../manifest.ts';
import type { FoundInstallations, Installation } from './installation.ts';
import { mappingLayer, mergedValues, valuesIn } from './layer.ts';
import { argoCdInstallations } from './objects/argo-cd.ts';
import { type FindManifest, fluxInstallation } from './objects/flux.ts';
import { k3sInstallation } from './objects/k3s.ts';
import { ValuesReader } from './objects/values-reader.ts';

export interface FindInstallationsProps {
  readonly documents: readonly SourceDocument[];
  readonly manifests: readonly Manifest[];
  readonly kindOf: (document: SourceDocument) => DocumentKind;
  /** Whether a document was given as values. */
  readonly isGiven: (document: SourceDocument) => boolean;
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
  const used = new Set(ofObjects.flatMap((installation) => installation.documents));
  const ofFiles = fileInstallations(props, used);
  return { installations: withoutCopies(ofFiles, ofObjects), problems: reader.problems, unread: reader.unread };
}

function fileInstallations(
  { documents, kindOf, isGiven }: FindInstallationsProps,
  used: ReadonlySet<SourceDocument>,
): Installation[] {
  const written = documents.filter(
    (document) => !used.has(document) && ['integration-values', 'collector-values'].includes(kindOf(document)),
  );
  return written.map((document) => ({
    chart: kindOf(document) === 'collector-values' ? 'opentelemetry-collector' : 'otel-integration',
    title: document.file,
    layers: [mappingLayer(document, valuesIn(document.value))],
    isNamed: isGiven(document),
    isFile: true,
    documents: [document],
  }));
}

/** The values of an object may stand in a file as well, as `podhost synth` writes them: these are one installation. */
function withoutCopies(ofFiles: readonly Installation[], ofObjects: readonly Installation[]): Installation[] {
  const copies = new Map<Installation, Installation>();
  for (const object of ofObjects) {
    const values = mergedValues(object.layers);
    const file = ofFiles.find((other) => !copies.has(other) && isDeepStrictEqual(mergedValues(other.layers), values));
    if (file !== undefined) {
      copies.set(file, object);
    }
  }
  const copied = new Set(copies.values());
  return [
    ...ofFiles.map((file): Installation => {
      const { name, namespace } = copies.get(file) ?? {};
      return { ...file, ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
    }),
    ...ofObjects.filter((object) => !copied.has(object)),
  ];
}
