import { listAt, type Mapping, mappingAt, type Path, textAt, textListAt } from '../../yaml/value.ts';
import { type SourcedEnvEntry, writtenEntries } from '../environment/env-entry.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { type Injection, injectionOf } from '../spans/injection.ts';
import { resourceAttributesVariable } from '../spans/written-resource-attributes.ts';
import type { Container, Workload } from '../workload.ts';
import { injectedAttributes, injectedServiceName } from './injected-attributes.ts';
import type { OperatorResources } from './selection.ts';

/** The Instrumentation from which the operator takes what it adds to a container; undefined where it was not read. */
export function instrumentationResource(
  resources: OperatorResources,
  workload: Workload,
  injection: Injection,
): Manifest | undefined {
  const selected = resources.select(injection.value, workload.namespace);
  return selected.kind === 'selected' ? selected.resource : undefined;
}

/**
 * The `env` of a container behind the operator: its own entries, those of the Instrumentation that it lacks, and what the
 * operator itself adds, in the order in which the operator writes them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/instrumentation/sdk.go
 */
export function injectedEntries(
  model: Pick<Model, 'find'>,
  resources: OperatorResources,
  workload: Workload,
  container: Container,
): readonly SourcedEnvEntry[] {
  const own = writtenEntries(container);
  const injection = resources.isEmpty ? undefined : injectionOf(model, workload, container);
  const manifest = injection && instrumentationResource(resources, workload, injection);
  return injection === undefined || manifest === undefined
    ? own
    : new InjectedEnv(own, manifest, workload, container, injection).entries();
}

/** The section of an Instrumentation that is about a language. */
export const languageSection = (language: string): string => (language === 'apache-httpd' ? 'apacheHttpd' : language);

const podName = 'OTEL_RESOURCE_ATTRIBUTES_POD_NAME';
const podUid = 'OTEL_RESOURCE_ATTRIBUTES_POD_UID';
const nodeName = 'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME';

class InjectedEnv {
  private list: SourcedEnvEntry[];
  private readonly spec: Mapping;

  constructor(
    own: readonly SourcedEnvEntry[],
    private readonly manifest: Manifest,
    private readonly workload: Workload,
    private readonly container: Container,
    private readonly injection: Injection,
  ) {
    this.list = [...own];
    this.spec = mappingAt(manifest.value, 'spec');
  }

  entries(): readonly SourcedEnvEntry[] {
    const { spec, injection } = this;
    this.addAll([languageSection(injection.language), 'env']);
    this.prepend('OTEL_POD_IP', 'status.podIP');
    this.prepend('OTEL_NODE_IP', 'status.hostIP');
    this.addAll(['env']);
    if (injection.language === 'python') {
      this.add('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', ['python']);
    }
    this.add('OTEL_SERVICE_NAME', injectedServiceName(this.workload, this.container, spec), []);
    this.add('OTEL_EXPORTER_OTLP_ENDPOINT', textAt(spec, 'exporter', 'endpoint'), ['exporter', 'endpoint']);
    this.addField(podName, 'metadata.name');
    const withUid = textAt(spec, 'resource', 'addK8sUIDAttributes') === 'true';
    if (withUid) {
      this.addField(podUid, 'metadata.uid');
    }
    this.addField(nodeName, 'spec.nodeName');
    const propagators = textListAt(spec, 'propagators').join(',');
    this.add('OTEL_PROPAGATORS', propagators === '' ? undefined : propagators, ['propagators']);
    this.addSampler();
    this.addAttributes(
      new Map([
        ['k8s.pod.name', `$(${podName})`],
        ['k8s.node.name', `$(${nodeName})`],
        ...(withUid ? [['k8s.pod.uid', `$(${podUid})`] as const] : []),
      ]),
    );
    return this.list;
  }

  private has(name: string): boolean {
    return this.list.some(({ entry }) => textAt(entry, 'name') === name);
  }

  /** Adds an entry that the container lacks. */
  private add(name: string, value: string | undefined, path: Path): void {
    if (value !== undefined && value !== '' && !this.has(name)) {
      this.list.push(this.entry({ name, value }, path));
    }
  }

  private addField(name: string, fieldPath: string): void {
    this.list.push(this.entry(fieldEntry(name, fieldPath), []));
  }

  private prepend(name: string, fieldPath: string): void {
    if (!this.has(name)) {
      this.list.unshift(this.entry(fieldEntry(name, fieldPath), []));
    }
  }

  private addAll(path: Path): void {
    listAt(this.spec, ...path).forEach((entry, index) => {
      if (!this.has(textAt(entry, 'name') ?? '')) {
        this.list.push(this.entry(entry, [...path, index, 'value']));
      }
    });
  }

  /** Neither of both where the container has one of them. */
  private addSampler(): void {
    if (!this.has('OTEL_TRACES_SAMPLER') && !this.has('OTEL_TRACES_SAMPLER_ARG')) {
      this.add('OTEL_TRACES_SAMPLER', textAt(this.spec, 'sampler', 'type'), ['sampler', 'type']);
      if (this.has('OTEL_TRACES_SAMPLER')) {
        this.add('OTEL_TRACES_SAMPLER_ARG', textAt(this.spec, 'sampler', 'argument'), ['sampler', 'argument']);
      }
    }
  }

  /** Behind all others, since they refer to them; to what the container has, the missing ones are added. */
  private addAttributes(identity: ReadonlyMap<string, string>): void {
    const index = this.list.findLastIndex(({ entry }) => textAt(entry, 'name') === resourceAttributesVariable);
    const own = this.list[index];
    const written = textAt(own?.entry, 'value');
    const added = injectedAttributes(this.workload, this.container, this.spec, written ?? '', identity);
    if (own === undefined) {
      this.add(resourceAttributesVariable, added, ['resource']);
    } else {
      this.list.splice(index, 1);
      const separator = written === undefined || written === '' || written.endsWith(',') ? '' : ',';
      const value = `${written ?? ''}${separator}${added}`;
      this.list.push(written === undefined ? own : { ...own, entry: { name: resourceAttributesVariable, value } });
    }
  }

  private entry(entry: unknown, path: Path): SourcedEnvEntry {
    const template = this.container.path.slice(0, -3);
    return {
      entry,
      path: [...template, 'metadata', 'annotations', this.injection.annotation],
      source: { manifest: this.manifest, path: ['spec', ...path] },
    };
  }
}

const fieldEntry = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
