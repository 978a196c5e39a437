import { InvalidArgumentError, Option } from 'commander';
import { podhost } from '../command-name.ts';

/** `--config FILE`, the system that a command is about. */
export const configOption = (): Option =>
  new Option('--config <file>', 'configuration of the system').default('config/dataprime-demo.yaml');

/** `--format text|json`, of every command that reports something. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'text for people, json for programs').choices(['text', 'json']).default('text');

/** Collects the values of an option that may be given several times. */
export const collected = (value: string, before: readonly string[]): string[] => [...before, value];

/** `--values FILE`, of every command that reads manifests and values. */
export const valuesOption = (): Option =>
  new Option('--values <file>', 'a file that is values, whatever it looks like; repeatable')
    .argParser(collected)
    .default([]);

/** `--chart-version VERSION`, of every command that reads values. */
export const chartVersionOption = (): Option =>
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
