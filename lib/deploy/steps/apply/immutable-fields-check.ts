import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { configName } from '../../../config/config-files.ts';
import type { Problem } from '../../../problems/problem.ts';
import { resourceName } from '../../../run/kube/objects.ts';
import { listAt, textAt, textsAt, valueAt } from '../../../yaml/value.ts';
import type { ExistingObject } from '../../preflight/existing-objects.ts';
import type { Check, PreflightContext } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

/** A field that the API server never changes, and that the manifest has another value for. */
export interface ImmutableDifference {
  /** E.g. `the selector`. */
  readonly field: string;
  /** In the cluster, as YAML of one line. */
  readonly present: string;
  /** In the manifest. */
  readonly wanted: string;
  /** What keeps the value of the cluster, by the part of the configuration that makes the object. */
  readonly keep: Readonly<Record<'service' | 'datastore', string>>;
}

/** Checks that the manifests keep what cannot be changed, so that a system is taken over without a second copy. */
export const immutableFieldsCheck: Check = {
  name: 'fields that cannot be changed',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run(preflight) {
    const objects = await preflight.unreportedObjects();
    return { problems: objects.flatMap((object) => problemsOf(object, preflight)) };
  },
};

function problemsOf(object: ExistingObject, { context, scope }: PreflightContext): Problem[] {
  const { manifest } = object;
  const name = resourceName(manifest);
  const where = manifest.namespace === undefined ? '' : ` in ${manifest.namespace}`;
  const { services, datastores } = scope.config;
  const isOne = (part: { readonly name: string }) => part.name === manifest.name;
  const part = services.some(isOne) ? 'service' : datastores.some(isOne) ? 'datastore' : undefined;
  return immutableDifferences(object).map(({ field, present, wanted, keep }) => ({
    code: 'deploy/immutable-field',
    message: `${field} of ${name}${where} is ${present} in the cluster and cannot become ${wanted}`,
    suggestion:
      part === undefined
        ? `write ${present} in the manifest that it comes from, or give the object another name`
        : `write: ${keep[part]}, in the ${part} ${manifest.name} of ${configName(context.configFile)}`,
    place: manifest.place(['spec']),
  }));
}

const flowYaml = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();

const selected = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** What a manifest would change of an existing object, and the API server refuses. */
export function immutableDifferences({ manifest, live }: ExistingObject): ImmutableDifference[] {
  const { kind, value } = manifest;
  const differences: ImmutableDifference[] = [];
  const compare = (
    field: string,
    of: (object: unknown) => unknown,
    keep: (present: string) => ImmutableDifference['keep'],
  ) => {
    const [present, wanted] = [of(live), of(value)];
    if (!isDeepStrictEqual(present, wanted)) {
      differences.push({ field, present: flowYaml(present), wanted: flowYaml(wanted), keep: keep(flowYaml(present)) });
    }
  };
  if (live.spec === undefined) {
    return [];
  }
  if (selected.includes(kind)) {
    compare(
      'the selector',
      (object) => textsAt(object, 'spec', 'selector', 'matchLabels'),
      (labels) => ({ service: `selector: ${labels}`, datastore: `selector: ${labels}` }),
    );
  }
  if (kind === 'StatefulSet') {
    compare(
      'serviceName',
      (object) => textAt(object, 'spec', 'serviceName') ?? '',
      (name) => ({
        service: `patch: { StatefulSet: { spec: { serviceName: ${name} } } }`,
        datastore: `patch: { StatefulSet: { spec: { serviceName: ${name} } } }`,
      }),
    );
    compare(
      'the list of claim templates',
      (object) =>
        listAt(object, 'spec', 'volumeClaimTemplates').map((template) => ({
          name: textAt(template, 'metadata', 'name'),
          size: textAt(template, 'spec', 'resources', 'requests', 'storage'),
        })),
      (claims) => ({
        service: `volumes with claims of the names and sizes ${claims}`,
        datastore: `storage: ${claims.replace(/^\[ (\{[^{}]*\}) \]$/, '$1')}`,
      }),
    );
  }
  if (kind === 'Service') {
    const isHeadless = (object: unknown) => valueAt(object, 'spec', 'clusterIP') === 'None';
    // An ExternalName has no address, and may become any other type.
    if (textAt(live, 'spec', 'type') !== 'ExternalName' && textAt(value, 'spec', 'type') !== 'ExternalName') {
      compare(
        'clusterIP',
        (object) => (isHeadless(object) ? 'None' : 'an address'),
        (address) => ({
          service: `service: { headless: ${address === 'None'} }`,
          datastore: 'patch: { Service: { spec: { clusterIP: null } } }',
        }),
      );
    }
  }
  return differences;
}
