import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ManifestGroup } from '../config/manifests/manifest-group.ts';
import { Scopes } from '../config/manifests/scopes.ts';
import type { ConfiguredInstrument } from '../instrument/configured-instrument.ts';
import type { InstrumentContext } from '../instrument/context.ts';
import type { ConfigMapLookup } from '../instrument/instrument-object.ts';
import type { InstrumentedSources } from '../instrument/instrument-sources.ts';
import { planValue } from '../instrument/plan-value.ts';
import type { ObjectResult } from '../instrument/text/instrument-text.ts';
import type { Place } from '../problems/problem.ts';
import { type Mapping, mappingAt, textAt } from '../yaml/value.ts';

/** Where the objects of existing manifests were read. */
const places = new WeakMap<ApiObject, Place>();

/** Where an object of an existing manifest was read; of other objects nothing. */
export const existingPlace = (object: ApiObject): Place | undefined => places.get(object);

/** Props of `ExistingManifests`. */
export interface ExistingManifestsProps {
  readonly groups: readonly ManifestGroup[];
  /** The system that they belong to. */
  readonly partOf: string;
  /** Chart of the namespaces, which are written before everything that is in them. */
  readonly namespaces: Chart;
  /** What the workloads must get, apart from what they read. */
  readonly context: Omit<InstrumentContext, 'lookup'>;
  /** Which objects are meant, and where custom kinds have their pod template. */
  readonly selection: Pick<ConfiguredInstrument, 'selects' | 'templatePaths'>;
}

/** Existing manifests with the telemetry of their workloads, one chart an entry of the configuration. */
export class ExistingManifests extends Construct {
  /** What was done to each workload, and why. */
  readonly instrumented: InstrumentedSources;

  constructor(
    scope: Construct,
    id: string,
    { groups, partOf, namespaces, context, selection }: ExistingManifestsProps,
  ) {
    super(scope, id);
    const scopes = new Scopes(groups);
    const configMapNamed = configMapsOf(groups);
    const files = groups.map((group) => {
      const chart = new Chart(this, `35-${group.name}`, { disableResourceNameHashes: true });
      const results: ObjectResult[] = [];
      for (const [index, { value, place }] of group.objects.entries()) {
        const props = { context, namespace: group.namespace, configMapNamed, ...selection };
        const { result, value: instrumented } = planValue(value, props);
        const isNamespace = result.kind === 'Namespace' && textAt(value, 'apiVersion') === 'v1';
        results.push(result);
        const namespace = scopes.isNamespaced(value) ? result.namespace : undefined;
        const owned = withOwner(mappingAt(instrumented), partOf, namespace);
        const object = new ApiObject(isNamespace ? namespaces : chart, `${result.kind}-${result.name}-${index}`, {
          ...owned,
          apiVersion: textAt(value, 'apiVersion') ?? '',
          kind: result.kind,
        });
        places.set(object, place);
      }
      return { file: group.name, before: '', after: '', objects: results, holdsManifests: true };
    });
    this.instrumented = { files, warnings: [] };
  }
}

/** The namespaces whose workloads send spans. */
export const namespacesOf = ({ files }: InstrumentedSources): string[] => [
  ...new Set(
    files.flatMap(({ objects }) =>
      objects.flatMap(({ status, namespace }) =>
        status === 'instrumented' || status === 'already right' ? [namespace] : [],
      ),
    ),
  ),
];

/** Names of the Namespaces that stand among existing manifests. */
export const existingNamespaces = (groups: readonly ManifestGroup[]): ReadonlySet<string> =>
  new Set(
    groups.flatMap(({ objects }) =>
      objects.flatMap(({ value }) =>
        textAt(value, 'kind') === 'Namespace' ? (textAt(value, 'metadata', 'name') ?? []) : [],
      ),
    ),
  );

/** The labels by which `podhost deploy` and `undeploy` know an object again. Pods and selectors keep theirs. */
function withOwner(value: Mapping, partOf: string, namespace: string | undefined): Mapping {
  const metadata = mappingAt(value['metadata']);
  return {
    ...value,
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      labels: {
        ...mappingAt(metadata['labels']),
        'app.kubernetes.io/part-of': partOf,
        'app.kubernetes.io/managed-by': 'cdk8s-podhost',
      },
    },
  };
}

function configMapsOf(groups: readonly ManifestGroup[]): ConfigMapLookup {
  const found = new Map<string, Mapping>();
  for (const { namespace, objects } of groups) {
    for (const { value } of objects) {
      if (textAt(value, 'kind') === 'ConfigMap') {
        found.set(`${textAt(value, 'metadata', 'namespace') ?? namespace}/${textAt(value, 'metadata', 'name')}`, value);
      }
    }
  }
  return (name, namespace) => found.get(`${namespace}/${name}`);
}
