import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { documentsIn } from '../../lib/instrument/text/documents.ts';
import type { ObjectResult } from '../../lib/instrument/text/instrument-text.ts';
import { listedObjects } from '../../lib/kubernetes/listed-objects.ts';
import { templatePath } from '../../lib/kubernetes/pod-template.ts';
import { listAt, type Path, textAt } from '../../lib/yaml/value.ts';
import { expandAsKubelet } from '../support/expand-as-kubelet.ts';
import { instrumented } from './support/instrumented.ts';
import { manifestText } from './support/manifest-text.ts';

const runs = { numRuns: 120 };

test('what is instrumented and taken away again has its bytes', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      expect(instrumented(instrumented(text).text, { removes: true }).text).toBe(text);
    }),
    runs,
  );
});

test('what is instrumented twice is as it was after the first time', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      const once = instrumented(text).text;
      expect(instrumented(once).text).toBe(once);
    }),
    runs,
  );
});

test('what another tool has written anew is taken away as well', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      const [document] = documentsIn('app.yaml', instrumented(text).text).documents;
      // The keys of a block scalar's lines are the only source that another layout does not take.
      fc.pre(!text.includes('>-'));
      const anew = stringify(document?.value, { sortMapEntries: true });
      const [restored] = documentsIn('app.yaml', instrumented(anew, { removes: true }).text).documents;
      const [original] = documentsIn('app.yaml', text).documents;
      expect(withoutEmpty(restored?.value)).toEqual(withoutEmpty(original?.value));
    }),
    runs,
  );
});

test('every manifest can be edited', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      expect(instrumented(text).objects.map(({ skipped }) => skipped?.code)).not.toContain('not-editable');
    }),
    runs,
  );
});

test('what the kubelet has expanded, it still does', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      const before = expandedEnvironment(text);
      const after = expandedEnvironment(instrumented(text).text);
      const changed = new Set(['OTEL_RESOURCE_ATTRIBUTES', 'OTEL_EXPORTER_OTLP_ENDPOINT', tracesEndpoint]);
      for (const [name, value] of before) {
        if (!changed.has(name) && value !== '' && !value.includes('$(')) {
          expect([name, after.get(name)]).toEqual([name, value]);
        }
      }
    }),
    runs,
  );
});

test('every reference in what is new has a value', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      const result = instrumented(text);
      const [document] = documentsIn('app.yaml', result.text).documents;
      for (const { path, plan } of templatesOf(document?.value, result.objects)) {
        const environment = environmentAt(document?.value, path);
        const names = plan.inserted.map(({ name }) => name);
        for (const name of names) {
          expect(environment.get(name)).not.toMatch(/\$\(/);
        }
        const attributes = environment.get('OTEL_RESOURCE_ATTRIBUTES') ?? '';
        expect(attributes).toContain('k8s.pod.uid=metadata.uid');
        expect(attributes).toMatch(/k8s\.pod\.ip=status\.podIP(,|$)/);
        expect(attributes).toMatch(/k8s\.pod\.name=metadata\.name(,|$)/);
      }
    }),
    runs,
  );
});

const tracesEndpoint = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

/** What the process of the first container sees, with a field of the pod as its path. */
function environmentAt(document: unknown, path: Path): ReadonlyMap<string, string> {
  const environment = new Map<string, string>();
  for (const entry of listAt(document, ...path, 'spec', 'containers', 0, 'env')) {
    const value = textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath') ?? textAt(entry, 'value') ?? 'from elsewhere';
    environment.set(textAt(entry, 'name') ?? '', expandAsKubelet(value, environment));
  }
  return environment;
}

/** The same of the first object of a text. */
function expandedEnvironment(text: string): ReadonlyMap<string, string> {
  const [document] = documentsIn('app.yaml', text).documents;
  const [object] = listedObjects(document?.value);
  const at = templatePath(textAt(object?.value, 'apiVersion') ?? '', textAt(object?.value, 'kind') ?? '') ?? [];
  return environmentAt(object?.value, at);
}

/** The pod templates of a document that were instrumented, with the plan of their first container. */
function templatesOf(value: unknown, objects: readonly ObjectResult[]) {
  return objects.flatMap(({ status, templatePath, plan }, index) => {
    const [container] = plan?.containers ?? [];
    return status === 'instrumented' && templatePath !== undefined && container !== undefined
      ? [
          {
            path: [...(listAt(value, 'items').length > 0 ? ['items', index] : []), ...templatePath],
            plan: container.plan,
          },
        ]
      : [];
  });
}

/** A value without keys that hold nothing. */
const withoutEmpty = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, child: unknown) =>
      child === null || (typeof child === 'object' && child !== null && Object.keys(child).length === 0)
        ? undefined
        : child,
    ),
  );
