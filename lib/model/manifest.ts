import type { Schema } from 'js-yaml';
import { listedObjects } from '../kubernetes/listed-objects.ts';
import type { Place } from '../problems/problem.ts';
import { remembered } from '../text/remembered.ts';
import type { SourceDocument } from '../yaml/source-document.ts';
import type { Path } from '../yaml/value.ts';
import { type Mapping, textAt, valueAt } from '../yaml/value.ts';

const isVersionOfKubernetes = remembered((apiVersion): boolean => {
  const [group, version] = apiVersion.split('/');
  return version === undefined || group?.includes('.') === false || group?.endsWith('.k8s.io') === true;
});

/** A Kubernetes object as it was written. */
export class Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where it has none, which is for the API server to refuse. */
  readonly name: string;
  readonly namespace: string | undefined;

  constructor(
    readonly document: SourceDocument,
    readonly value: Mapping,
    /** Where the object stands in its document; not at the top when it is an item of a List. */
    readonly path: Path = [],
  ) {
    this.apiVersion = textAt(value, 'apiVersion') ?? '';
    this.kind = textAt(value, 'kind') ?? '';
    this.name = textAt(value, 'metadata', 'name') ?? '';
    this.namespace = textAt(value, 'metadata', 'namespace');
  }

  /** Whether its kind is one of Kubernetes itself, and not of an extension that has a kind of the same name. */
  get isBuiltIn(): boolean {
    return isVersionOfKubernetes(this.apiVersion);
  }

  /** Kind and name, for messages. */
  get title(): string {
    return `${this.kind} ${this.name}`;
  }

  place(path: Path = [], end: 'key' | 'value' = 'value'): Place {
    return this.document.place([...this.path, ...path], end);
  }

  /** Where a line of the text at a path stands, counted from 0. */
  placeOfLine(path: Path, index: number): Place {
    return this.document.placeOfLine([...this.path, ...path], index);
  }

  get(...path: Path): unknown {
    return valueAt(this.value, ...path);
  }

  /** The document that stands as text at a path. */
  embedded(path: Path, text: string, value: unknown, schema?: Schema): SourceDocument {
    return this.document.embedded([...this.path, ...path], text, value, schema);
  }
}

/** The objects of a document: itself, or the items of a List. */
export function manifestsOf(document: SourceDocument): Manifest[] {
  return listedObjects(document.value).map(({ value, path }) => new Manifest(document, value, path));
}
