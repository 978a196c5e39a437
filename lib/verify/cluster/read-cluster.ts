import { type ReadModelProps, readModel } from '../../model/read-model.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import { textAt } from '../../yaml/value.ts';
import type { Reading } from '../reading.ts';
import type { KubeClient } from './kube-client.ts';
import { KubeError, type Unread, unreadBy } from './kube-error.ts';
import { type DataReference, dataReferences, type LiveData, liveDataOf } from './live-data.ts';
import { endpointsOf, readNodes } from './live-network.ts';
import { liveSource, looksLikeCollector, operatorOwner, podTemplateOf, withKind } from './live-object.ts';
import { type LivePod, livePodOf } from './live-pod.ts';
import {
  batchResources,
  configMaps,
  endpointSlices,
  operatorResources,
  pathOf,
  pods,
  type Resource,
  secrets,
  services,
  workloadResources,
} from './resources.ts';
import { type ClusterSnapshot, type LiveEndpoint, objectKey } from './snapshot.ts';

export interface ReadClusterProps {
  readonly client: KubeClient;
  /** Namespaces of the services and of the collectors. */
  readonly namespaces: readonly string[];
  /** Kinds, namespaces and names of the workloads that are verified. */
  readonly wanted: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[];
  /** Defaults of the model. */
  readonly model: ReadModelProps;
}

/** Reads what verdicts need, with lists in pages of which only the needed parts are kept. */
export const readCluster = (props: ReadClusterProps): Promise<ClusterSnapshot> => new ClusterReader(props).read();

class ClusterReader {
  private readonly unread = new Map<string, Unread>();
  private readonly objects = new Map<string, unknown>();
  private readonly texts: SourceText[] = [];
  /** What the operator makes of an OpenTelemetryCollector: the model makes it too. */
  private readonly made = new Map<SourceText, string>();
  private readonly data = new Map<string, Reading<LiveData | undefined>>();
  private readonly endpoints = new Map<string, LiveEndpoint[]>();

  constructor(private readonly props: ReadClusterProps) {}

  async read(): Promise<ClusterSnapshot> {
    const { namespaces, model, wanted } = this.props;
    const time = Date.now();
    const batch = batchResources.filter(({ kind }) => wanted.some((each) => each.kind === kind));
    for (const namespace of namespaces) {
      await Promise.all([
        ...[...workloadResources, ...batch].map((resource) => this.readObjects(resource, namespace, true)),
        this.readObjects(services, namespace, false),
        ...operatorResources.map((resource) => this.readOptional(resource, namespace)),
      ]);
    }
    const owners = await this.readReferencedData();
    const foundNodes = await readNodes(this.props.client);
    await Promise.all(namespaces.map((namespace) => this.readEndpoints(namespace)));
    const foundPods: LivePod[] = [];
    for (const namespace of namespaces) {
      await this.readPods(namespace, owners, foundPods);
    }
    return {
      time,
      namespaces,
      model: readModel(this.withoutMade(), model),
      unread: this.unread,
      nodes: foundNodes,
      pods: foundPods,
      endpoints: this.endpoints,
      data: this.data,
      objects: this.objects,
    };
  }

  private async readObjects(resource: Resource, namespace: string, isWorkload: boolean): Promise<void> {
    const found = new Map<string, unknown>();
    await this.list(
      resource,
      namespace,
      () => found.clear(),
      (item) => {
        const name = textAt(item, 'metadata', 'name') ?? '';
        found.set(objectKey(resource.kind, namespace, name), withKind(resource, item));
      },
    );
    for (const [key, object] of found) {
      const source = liveSource(key, object);
      this.texts.push(source);
      const owner = operatorOwner(object);
      if (isWorkload && owner !== undefined) {
        this.made.set(source, objectKey('OpenTelemetryCollector', namespace, owner));
      }
      if (isWorkload) {
        this.objects.set(key, object);
      }
    }
  }

  private withoutMade(): SourceText[] {
    const read = new Set(this.texts.map(({ file }) => file));
    return this.texts.filter((source) => !read.has(this.made.get(source) ?? ''));
  }

  /** A kind that need not exist in the cluster, and that a reader may have no permission for. */
  private async readOptional(resource: Resource, namespace: string): Promise<void> {
    const found: unknown[] = [];
    try {
      for await (const item of this.props.client.list(pathOf(resource, namespace), resource.name)) {
        found.push(withKind(resource, item));
      }
    } catch (error) {
      if (!(error instanceof KubeError)) {
        throw error;
      }
      if (error.kind !== 'not-found') {
        this.unread.set(`${resource.name} of ${namespace}`, unreadBy(error));
      }
      return;
    }
    for (const object of found) {
      const key = objectKey(resource.kind, namespace, textAt(object, 'metadata', 'name') ?? '');
      this.texts.push(liveSource(key, object));
      this.objects.set(key, object);
    }
  }

  /**
   * Reads the ConfigMaps and Secrets of the workloads that are verified and of the collectors.
   *
   * @returns the workloads whose pods are kept
   */
  private async readReferencedData(): Promise<ReadonlySet<string>> {
    const owners = new Set<string>();
    const verified = new Set(this.props.wanted.map(({ kind, namespace, name }) => objectKey(kind, namespace, name)));
    const wanted = new Map<string, { reference: DataReference; namespace: string }>();
    for (const [key, object] of this.objects) {
      const template = podTemplateOf(object);
      const isCollector = looksLikeCollector(template);
      if (verified.has(key) || isCollector) {
        owners.add(key);
        const namespace = textAt(object, 'metadata', 'namespace') ?? '';
        for (const reference of dataReferences(template, isCollector)) {
          wanted.set(objectKey(reference.kind, namespace, reference.name), { reference, namespace });
        }
      }
    }
    for (const [key, { reference, namespace }] of wanted) {
      this.data.set(key, await this.readData(key, reference, namespace));
    }
    return owners;
  }

  private async readData(
    key: string,
    { kind, name }: DataReference,
    namespace: string,
  ): Promise<Reading<LiveData | undefined>> {
    const resource = kind === 'ConfigMap' ? configMaps : secrets;
    const what = `${kind} ${namespace}/${name}`;
    try {
      const object = await this.props.client.get(pathOf(resource, namespace, name), what);
      if (kind === 'ConfigMap') {
        this.texts.push(liveSource(key, withKind(resource, object)));
      }
      return { value: liveDataOf(kind, namespace, name, object) };
    } catch (error) {
      if (error instanceof KubeError) {
        return error.kind === 'not-found' ? { value: undefined } : unreadBy(error);
      }
      throw error;
    }
  }

  private async readEndpoints(namespace: string): Promise<void> {
    const found = new Map<string, LiveEndpoint[]>();
    await this.list(
      endpointSlices,
      namespace,
      () => found.clear(),
      (item) => {
        const slice = endpointsOf(item);
        if (slice !== undefined) {
          const key = objectKey('Service', namespace, slice.service);
          found.set(key, [...(found.get(key) ?? []), ...slice.endpoints]);
        }
      },
    );
    for (const [key, endpoints] of found) {
      this.endpoints.set(key, endpoints);
    }
  }

  private async readPods(namespace: string, owners: ReadonlySet<string>, all: LivePod[]): Promise<void> {
    let found: LivePod[] = [];
    await this.list(
      pods,
      namespace,
      () => {
        found = [];
      },
      (item) => {
        const pod = livePodOf(item);
        if (pod !== undefined && owners.has(objectKey(pod.owner.kind, namespace, pod.owner.name))) {
          found.push(pod);
        }
      },
    );
    all.push(...found);
  }

  private async list(
    resource: Resource,
    namespace: string,
    restart: () => void,
    take: (item: unknown) => void,
  ): Promise<void> {
    const what = `${resource.name} of ${namespace}`;
    try {
      const { client } = this.props;
      for await (const item of client.list(
        pathOf(resource, namespace),
        `${resource.name} of namespace ${namespace}`,
        restart,
      )) {
        take(item);
      }
    } catch (error) {
      if (!(error instanceof KubeError)) {
        throw error;
      }
      restart();
      this.unread.set(what, unreadBy(error));
    }
  }
}
