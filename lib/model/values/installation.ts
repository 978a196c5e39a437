import type { ChartName } from '../../chart/chart.ts';
import type { Publisher } from '../../chart/publisher.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import type { Path } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Layer } from './layer.ts';

/** A chart that is installed with values, wherever these are written. */
export interface ChartInstallation {
  readonly chart: ChartName;
  /**
   * Whose plain chart it is.
   *
   * @default - what is in the values shows it, or nothing does
   */
  readonly publisher?: Publisher;
  /**
   * The version of the chart, which may be a range.
   *
   * @default - nothing names it
   */
  readonly version?: string;
  /** For messages: the files, or the object with its file. */
  readonly title: string;
  /**
   * The object of a GitOps tool that installs it.
   *
   * @default - values files do
   */
  readonly object?: Manifest;
  /** What the values are made of; the last layer counts most. */
  readonly layers: readonly [Layer, ...Layer[]];
  /**
   * Where the values of the chart begin: of an umbrella chart below the name of the dependency.
   *
   * @default - at the top
   */
  readonly root?: Path;
  /**
   * Name of the release.
   *
   * @default - as for values files
   */
  readonly name?: string;
  /**
   * Namespace of the release.
   *
   * @default - as for values files
   */
  readonly namespace?: string;
  /**
   * Name of the chart in an umbrella chart.
   *
   * @default - its own
   */
  readonly alias?: string;
  /**
   * Folders in which the chart itself may stand.
   *
   * @default - none is known
   */
  readonly folders?: readonly string[];
  /**
   * Version of Kubernetes that the chart is rendered for.
   *
   * @default - none is named
   */
  readonly kubeVersion?: string;
  /**
   * API versions that the cluster has beside those of Kubernetes.
   *
   * @default - none is named
   */
  readonly apiVersions?: readonly string[];
  /**
   * Values of it that were not read, e.g. `prod.yaml is not in the input`.
   *
   * @default - all of them were
   */
  readonly missing?: string;
  /** Whether the chart is named, so that no content decides what the values are for. */
  readonly isNamed: boolean;
  /** Whether the values are whole documents of files that `helm --values` reads. */
  readonly isFile: boolean;
  /** Documents that are part of this installation and none of their own. */
  readonly documents: readonly SourceDocument[];
}

/** Installations that were found, and what they refer to that was not read. */
export interface FoundInstallations {
  readonly installations: readonly ChartInstallation[];
  /** Broken YAML in values that are written as text. */
  readonly problems: readonly Problem[];
  /** Parts of the input that are known to be there and were not read. */
  readonly unread: readonly Problem[];
  /** Documents of charts that are switched off: they are understood, and install nothing. */
  readonly off: readonly SourceDocument[];
}
