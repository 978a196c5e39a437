import { type TemplatePaths, templatePath } from '../kubernetes/pod-template.ts';
import type { Place } from '../problems/problem.ts';
import type { Path } from '../yaml/value.ts';
import { countAt, listAt, type Mapping, mappingAt, pathBelow, textAt, textsAt } from '../yaml/value.ts';
import type { Manifest } from './manifest.ts';
import { type OperatorPods, operatorPods } from './operator/collector-pods.ts';

/** One container of a pod. */
export interface Container {
  readonly name: string;
  readonly value: Mapping;
  /** Where it stands in the workload's manifest. */
  readonly path: Path;
}

/** Something that runs pods. */
export class Workload {
  readonly name: string;
  readonly kind: string;
  readonly namespace: string;
  readonly podTemplate: Mapping;
  /** Labels and annotations of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  /** Containers in the order in which they are written, and behind them the init containers that keep running beside them. */
  readonly containers: readonly Container[];
  /** Pods that it asks for; a DaemonSet has one a node. */
  readonly replicas: number;

  private constructor(
    readonly manifest: Manifest,
    private readonly path: Path,
    defaultNamespace: string,
    made?: OperatorPods,
  ) {
    this.name = manifest.name;
    this.kind = manifest.kind;
    this.namespace = manifest.namespace ?? defaultNamespace;
    this.podTemplate = made?.template ?? mappingAt(manifest.value, ...path);
    this.labels = textsAt(this.podTemplate, 'metadata', 'labels');
    this.annotations = textsAt(this.podTemplate, 'metadata', 'annotations');
    this.hostNetwork = textAt(this.podTemplate, 'spec', 'hostNetwork') === 'true';
    this.containers =
      made?.containers ??
      ['containers', 'initContainers'].flatMap((list) =>
        listAt(this.podTemplate, 'spec', list).flatMap((container, index): Container[] =>
          list === 'containers' || textAt(container, 'restartPolicy') === 'Always'
            ? [
                {
                  name: textAt(container, 'name') ?? String(index),
                  value: mappingAt(container),
                  path: pathBelow(path, 'spec', list, index),
                },
              ]
            : [],
        ),
      );
    this.replicas = countAt(manifest.value, 'spec', 'replicas') ?? 1;
  }

  /**
   * The workload that a manifest describes, if it describes one; also a collector that the operator runs.
   *
   * @param templatePaths where further kinds have their pod template
   */
  static of(manifest: Manifest, defaultNamespace: string, templatePaths?: TemplatePaths): Workload | undefined {
    const path = templatePath(manifest.apiVersion, manifest.kind, templatePaths);
    if (path !== undefined) {
      return new Workload(manifest, path, defaultNamespace);
    }
    const made = operatorPods(manifest, manifest.namespace ?? defaultNamespace);
    return made && new Workload(manifest, [], defaultNamespace, made);
  }

  get title(): string {
    return this.manifest.title;
  }

  /** Where something of the pod template stands. */
  place(path: Path = [], end: 'key' | 'value' = 'value'): Place {
    return this.manifest.place([...this.path, ...path], end);
  }
}
