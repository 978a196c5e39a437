import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { Problem } from '../problems/problem.ts';
import type { SourceDocument } from '../yaml/source-document.ts';
import type { AssumedNamespace } from './assumed-namespace.ts';
import type { Collector } from './collector/collector.ts';
import type { DataLookup } from './environment/container-environment.ts';
import type { Variable } from './environment/variable.ts';
import type { Manifest } from './manifest.ts';
import type { Service } from './network/service.ts';
import type { ValuesDocument } from './values/values-document.ts';
import type { Container, Workload } from './workload.ts';

/** What a set of manifests and values means. Everything that reads a system is a function of it. */
export interface Model {
  /** Problems of reading: broken YAML. */
  readonly problems: readonly Problem[];
  /** Files that were read, in their order. */
  readonly files: readonly string[];
  /** Every object, unknown kinds included. */
  readonly manifests: readonly Manifest[];
  /** One for each installation of a chart. */
  readonly values: readonly ValuesDocument[];
  /** Parts of the input that are known to be there and were not read. */
  readonly unread: readonly Problem[];
  /** Files of the input that those are about. */
  readonly leftOut: readonly string[];
  /** Documents that are neither, for a note. */
  readonly unknown: readonly SourceDocument[];
  readonly workloads: readonly Workload[];
  /** Services of the manifests and of the charts. */
  readonly services: readonly Service[];
  readonly collectors: readonly Collector[];
  /** Where objects are that name no namespace. */
  readonly namespace: AssumedNamespace;
  readonly lookup: DataLookup;
  /**
   * The traffic and the series budget of the configuration.
   *
   * @default - none is configured
   */
  readonly forecast?: ForecastConfig;
  /** The environment of a container; computed once. */
  environment(workload: Workload, container: Container): ReadonlyMap<string, Variable>;
  /** The model with some of the installations that were read, and all objects. */
  only(isInstalled: (values: ValuesDocument) => boolean): Model;
  /** Objects of a kind by name. */
  find(kind: string, name: string, namespace?: string): Manifest | undefined;
}
