import { type Command, InvalidArgumentError, Option } from 'commander';
import { podhost } from '../command-name.ts';

const defaultConfig: readonly string[] = ['config/dataprime-demo.yaml'];

/** What each `--config` adds to those before it. */
const nextConfig = (file: string, before: readonly string[] = []): readonly string[] =>
  before === defaultConfig ? [file] : [...before, file];

/** `--config FILE`, the system that a command is about; of several each stands above those before it. */
export const configOption = (): Option =>
  new Option('--config <file>', 'configuration of the system; repeatable, a later file stands above an earlier one')
    .argParser(nextConfig)
    .default(defaultConfig, defaultConfig.join());

/** The same where a configuration is only a help. */
export const optionalConfigOption = (use: string): Option =>
  new Option('--config <file>', `configuration of the system, for ${use}; repeatable`).argParser(nextConfig);

/** `--format text|json`, of every command that reports something. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'text for people, json for programs').choices(['text', 'json']).default('text');

/** Collects the values of an option that may be given several times. */
export const collected = (value: string, before: readonly string[]): string[] => [...before, value];

/** `--values FILE`, of every command that reads manifests and values. */
const valuesOption = (): Option =>
  new Option('--values <file>', 'a file that is values, whatever it looks like; repeatable')
    .argParser(collected)
    .default([]);

/** `--chart-version VERSION`, of every command that reads values. */
const chartVersionOption = (): Option =>
  new Option('--chart-version <version>', 'version of the chart of values files that name none').argParser((text) => {
    if (!/^v?\d+\.\d+\.\d+$/.test(text)) {
      throw new InvalidArgumentError('It must be a version such as 0.0.331.');
    }
    return text;
  });

/** `--namespace NAME`, of every command that reads manifests. */
export const namespaceOption = (): Option =>
  new Option('--namespace <name>', 'namespace of objects that name none; without it the only one that the input names');

/** `--verbose`, of every command that judges manifests and values. */
export const verboseOption = (): Option =>
  new Option('--verbose', 'name what the line of coverage counts: workloads, collectors, objects and files');

/** `--html FILE`, of every command whose result can be attached to a change request. */
export const htmlOption = (): Option =>
  new Option('--html <file>', 'also write the result as one page that needs no network, for a change request');

/** The end of a command's help: a line to copy. */
export const example = (line: string): string => `\nExample:\n  ${podhost} ${line}`;

/** How helm is asked what it makes of values. */
export interface HelmOptions {
  /** Folder, `.tgz`, repository or reference of the chart. */
  readonly chart?: string;
  /**
   * False: the built-in model of the chart decides alone.
   *
   * @default true
   */
  readonly helm?: boolean;
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
}

/** `--chart CHART`, of every command that reads values. */
const chartOption = (): Option =>
  new Option('--chart <chart>', 'chart that helm renders: folder, .tgz, repository or reference; only this is fetched');

/** `--no-helm`, of every command that reads values. */
const noHelmOption = (): Option =>
  new Option('--no-helm', 'read values by the built-in model of the chart, without helm');

/** `--kube-version VERSION`, of every command that reads values. */
const kubeVersionOption = (): Option =>
  new Option('--kube-version <version>', 'version of Kubernetes that helm renders for');

/** `--api-versions VERSION`, of every command that reads values. */
const apiVersionsOption = (): Option =>
  new Option('--api-versions <version>', 'API version that the cluster has beside its own; repeatable')
    .argParser(collected)
    .default([]);

/** Which installation of a chart is meant. */
export const installationOption = (): Option =>
  new Option(
    '--installation <name>',
    'the installation that is meant, where several are read: its values file, object or release',
  );

/** Options of every command that asks what values of a chart mean. */
export const addValuesOptions = (command: Command): Command =>
  command
    .addOption(valuesOption())
    .addOption(chartVersionOption())
    .addOption(chartOption())
    .addOption(noHelmOption())
    .addOption(kubeVersionOption())
    .addOption(apiVersionsOption());
