import type { BrokenConfig } from './broken-config.ts';

const route = '    - { path: /, service: web }\n';

/** Who keeps the cluster as the output says, and what the services promise. */
export const gitopsCases: readonly BrokenConfig[] = [
  {
    title: 'a latency that no bucket tells',
    change: { [route]: `${route}objectives: { latency: { within: «300ms } }\n` },
    code: 'config/invalid-value',
    message:
      'objectives.latency.within must be 1ms, 4ms, 10ms, 20ms, 50ms, 100ms, 200ms, 500ms, 1s, 2s or 5s, not "300ms"',
    suggestion: 'write: 100ms',
  },
  {
    title: 'a share of more than all requests',
    change: { [route]: `${route}objectives: { availabilityPercent: «100 }\n` },
    code: 'config/invalid-value',
    message: 'objectives.availabilityPercent must be a percentage above 0 and below 100, such as 99.5, not "100"',
    suggestion: 'write: a percentage above 0 and below 100, such as 99.5',
  },
  {
    title: 'a tool that does not exist',
    change: { [route]: `${route}gitops: { tool: «argocd, repository: git.example.com/shop }\n` },
    code: 'config/invalid-value',
    message: 'gitops.tool must be k3s, argo-cd or flux, not "argocd"',
    suggestion: 'write: argo-cd',
  },
  {
    title: 'Argo CD without a repository',
    change: { [route]: `${route}«gitops: { tool: argo-cd }\n` },
    code: 'config/missing-key',
    message: 'gitops has no key repository',
    suggestion: 'write: repository: …  # Address of the git repository that holds the output folder',
  },
  {
    title: 'a path of Flux from the root',
    change: { [route]: `${route}gitops: { tool: flux, path: «dist }\n` },
    code: 'config/invalid-value',
    message: 'gitops.path must be a path that begins with ./, not "dist"',
    suggestion: 'write: a path that begins with ./',
  },
  {
    title: 'k3s for a chart that nobody installs',
    change: {
      'namespace: coralogix': 'namespace: coralogix\n  delivery: manifests',
      [route]: `${route}gitops: { tool: «k3s }\n`,
    },
    code: 'config/no-chart-tool-without-chart',
    message: 'gitops.tool k3s installs the chart of the collector, but collector.delivery is manifests',
    suggestion: 'write: delivery: helm-values, or remove gitops',
  },
  {
    title: 'an interval of nothing',
    change: { [route]: `${route}gitops: { tool: flux, interval: «0s }\n` },
    code: 'config/invalid-value',
    message: 'gitops.interval must be a duration from 1s to 8760h, not "0s"',
    suggestion: 'write: a duration from 1s to 8760h',
  },
];
