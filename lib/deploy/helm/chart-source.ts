/** Arguments that name a chart to helm: it lies in a repository of its own kind, or in a registry of images. */
export const chartSource = (repository: string, chart: string): string[] =>
  repository.startsWith('oci://') ? [`${repository}/${chart}`] : [chart, `--repo=${repository}`];
