import type { InstrumentContext } from '../../../lib/instrument/context.ts';
import { documentsIn, withDocuments } from '../../../lib/instrument/text/documents.ts';
import {
  type InstrumentedDocument,
  type InstrumentTextProps,
  instrumentDocument,
  type ObjectResult,
} from '../../../lib/instrument/text/instrument-text.ts';
import { dataLookup } from '../../../lib/model/environment/data-lookup.ts';
import { manifestsOf } from '../../../lib/model/manifest.ts';
import { parseDocuments } from '../../../lib/yaml/documents.ts';
import { listAt, type Mapping, textAt, valueAt } from '../../../lib/yaml/value.ts';

export const contract = { url: 'http://coralogix-opentelemetry-collector:4317' };

export interface InstrumentedOptions extends Partial<InstrumentContext> {
  readonly removes?: boolean;
  readonly selects?: InstrumentTextProps['selects'];
  readonly templatePaths?: InstrumentTextProps['templatePaths'];
  /** Further manifests, whose ConfigMaps are known. */
  readonly beside?: string;
}

/** A file with everything in it instrumented. */
export function instrumented(
  text: string,
  { removes, selects = () => true, templatePaths, beside = '', ...context }: InstrumentedOptions = {},
): { readonly text: string; readonly objects: readonly ObjectResult[] } {
  const manifests = parseDocuments('beside.yaml', `${beside}\n---\n${text}`).documents.flatMap(manifestsOf);
  const props: InstrumentTextProps = {
    context: { endpoint: contract, lookup: dataLookup(manifests, 'default'), ...context },
    defaultNamespace: 'default',
    selects,
    removes,
    templatePaths,
  };
  const { documents, problems } = documentsIn('app.yaml', text);
  if (problems.length > 0) {
    throw new Error(problems.map(({ message }) => message).join('\n'));
  }
  const results: InstrumentedDocument[] = documents.map((document) => instrumentDocument(document, props));
  const result = withDocuments(
    text,
    documents.map((document, index) => ({ document, text: results[index]?.text ?? document.text })),
  );
  return { text: result, objects: results.flatMap(({ objects }) => objects) };
}

/** The environment of the first container, as `NAME=value` with fields as `NAME<field>`. */
export function envOf(text: string, path: readonly (string | number)[] = ['spec', 'template']): string[] {
  const [document] = documentsIn('app.yaml', text).documents;
  const containers = listAt(document?.value, ...path, 'spec', 'containers');
  return listAt(containers[0], 'env').map((entry) => {
    const field = textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath');
    const from = valueAt(entry, 'valueFrom');
    const written =
      field !== undefined
        ? `<${field}>`
        : from === undefined
          ? `=${textAt(entry, 'value') ?? ''}`
          : ` from ${JSON.stringify(from)}`;
    return `${textAt(entry, 'name')}${written}`;
  });
}

/** Codes of changes and warnings of the first container of the first object. */
export const codesOf = ({ objects }: { readonly objects: readonly ObjectResult[] }) => {
  const [container] = objects[0]?.plan?.containers ?? [];
  return {
    changes: [...new Set(container?.changes.map(({ code }) => code))].filter((code) => code !== 'added'),
    warnings: [
      ...(container?.warnings ?? []).map(({ code }) => code),
      ...(objects[0]?.plan?.warnings ?? []).map(({ code }) => code),
    ].filter((code) => code !== 'no-environment' && code !== 'unknown-language'),
  };
};

/** A Deployment with one container; `env` is what stands below the key. */
export const deployment = (env: string, { image = 'acme/web:1.2', container = '', pod = '', meta = '' } = {}): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web${meta}
    spec:
      ${pod === '' ? '' : `${pod}\n      `}containers:
        - name: app
          image: ${image}
${container === '' ? '' : `          ${container}\n`}${env === '' ? '' : `          env:${env}`}`;

export const literal = (name: string, value: string): string => `
            - name: ${name}
              value: ${value}`;

export const field = (name: string, path: string): string => `
            - name: ${name}
              valueFrom:
                fieldRef:
                  fieldPath: ${path}`;

/** The value of a mapping, for messages of failed tests. */
export const mapping = (value: unknown): Mapping => (typeof value === 'object' && value !== null ? { ...value } : {});
