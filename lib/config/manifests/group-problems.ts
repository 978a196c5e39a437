import { type TemplatePaths, templatePath, templatePathsOf } from '../../kubernetes/pod-template.ts';
import { apiGroup } from '../../kubernetes/scope.ts';
import type { Problem } from '../../problems/problem.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';
import { asProblem } from '../finding.ts';
import { refusedPod } from '../pod-security.ts';
import type { Located } from '../reading/located.ts';
import { type ManifestGroup, type ManifestObject, objectTitle } from './manifest-group.ts';
import { Scopes } from './scopes.ts';

/** Pods that the namespace in which they are made would refuse. */
export function podSecurityProblems(groups: readonly ManifestGroup[], system: Located): Problem[] {
  const objects = groups.flatMap(({ namespace, objects: own }) => own.map((object) => ({ ...object, namespace })));
  const templatePaths = templatePathsIn(system);
  const existing = new Set(
    objects.flatMap(({ value }) => (textAt(value, 'kind') === 'Namespace' ? textAt(value, 'metadata', 'name') : [])),
  );
  return objects.flatMap(({ value, place, namespace: usual }): Problem[] => {
    const namespace = textAt(value, 'metadata', 'namespace') ?? usual;
    const path = templatePath(textAt(value, 'apiVersion') ?? '', textAt(value, 'kind') ?? '', templatePaths);
    if (path === undefined || existing.has(namespace)) {
      return [];
    }
    const refused = refusedPod(system, namespace, mappingAt(value, ...path, 'spec'));
    if (refused === undefined) {
      return [];
    }
    const title = objectTitle(textAt(value, 'kind') ?? '', textAt(value, 'metadata', 'name') ?? '');
    const { reason, suggestion } = refused;
    const message = `${title} has ${reason}`;
    return [asProblem('refused-pod', { place, message, suggestion })];
  });
}

/** The custom kinds that a configuration names, as far as their entries are right. */
export function templatePathsIn(system: Located): TemplatePaths {
  const templates = system.at('instrument', 'templates').items();
  return templatePathsOf(
    templates.flatMap((template) => {
      const [apiVersion, kind, path] = ['apiVersion', 'kind', 'path'].map((key) => template.get(key).text());
      return apiVersion === undefined || kind === undefined || path === undefined ? [] : [{ apiVersion, kind, path }];
    }),
  );
}

/** What objects are to each other: the same one twice, and kinds whose scope nothing shows. */
export function groupProblems(groups: readonly ManifestGroup[]): Problem[] {
  const first = new Map<string, ManifestObject>();
  const scopes = new Scopes(groups);
  return groups.flatMap(({ objects, namespace }) =>
    objects.flatMap((object): Problem[] => {
      const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((key) => textAt(object.value, key));
      const name = textAt(object.value, 'metadata', 'name') ?? '';
      const own = textAt(object.value, 'metadata', 'namespace');
      const key = JSON.stringify([
        apiGroup(apiVersion),
        kind,
        scopes.isNamespaced(object.value) ? (own ?? namespace) : '',
        name,
      ]);
      const other = first.get(key);
      if (other !== undefined) {
        const message = `${objectTitle(kind, name)} stands in ${other.place.file}:${other.place.line} already; kubectl would apply the later one over it`;
        return [asProblem('repeated-manifest', { place: object.place, message, suggestion: 'remove one of the two' })];
      }
      first.set(key, object);
      if (own !== undefined || scopes.known(object.value) !== undefined) {
        return [];
      }
      const message = `${objectTitle(kind, name)} names no namespace, and nothing read shows whether its kind has one: ${scopes.isNamespaced(object.value) ? `it gets ${namespace}` : 'it is written without'}`;
      const suggestion = `write: metadata: { namespace: ${namespace} }, or add its CustomResourceDefinition to manifests`;
      return [asProblem('unknown-scope', { place: object.place, message, suggestion }, 'warning')];
    }),
  );
}
