import { type ShellText, sh } from '../text/shell.ts';

const isAddress = (repository: string): boolean => repository.includes('://');

/** Arguments that name a chart to helm: it lies in a repository of its own kind, in a registry of images, or in a folder. */
export const chartSource = (repository: string, chart: string): string[] =>
  repository.startsWith('oci://') || !isAddress(repository)
    ? [`${repository.replace(/\/+$/, '')}/${chart}`]
    : [chart, `--repo=${repository}`];

/** For a person: whether charts can be had from there. */
export const lookAtRepository = (repository: string): ShellText =>
  isAddress(repository) ? sh`curl -fsSI ${repository.replace(/^oci:/, 'https:')}/index.yaml` : sh`ls ${repository}`;
