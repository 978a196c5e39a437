import { expect, test } from 'vitest';
import { nextSteps } from '../../lib/cli/next-steps.ts';
import { loadSystem } from '../../lib/config/load-system.ts';
import { type GitopsConfig, gitopsSchema } from '../../lib/config/schema/gitops.ts';

const { config } = loadSystem('config/dataprime-demo.yaml');

/** The program and what it works on, of every line. */
const stepsWith = (gitops: GitopsConfig | undefined, delivery: 'helm-values' | 'manifests' = 'helm-values') =>
  nextSteps({ ...config, gitops, collector: { ...config.collector, delivery } }, 'dist')
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim().split(' ').slice(0, 4).join(' '));

const secrets = ['kubectl create secret generic', 'kubectl create secret generic'];

test('a person applies the manifests and installs the chart', () => {
  expect(stepsWith(undefined)).toEqual([
    'kubectl apply -f dist',
    ...secrets,
    'helm upgrade --install otel-coralogix-integration',
  ]);
});

test('there is no chart to install when the manifests hold the collector, or k3s installs it', () => {
  expect(stepsWith(undefined, 'manifests')).toEqual(['kubectl apply -f dist', ...secrets]);
  expect(stepsWith({ tool: 'k3s' })).toEqual(['kubectl apply -f dist', ...secrets]);
});

test.each([{ tool: 'argo-cd', repository: 'https://git.example.com/shop.git' }, { tool: 'flux' }])(
  'the secrets are there before $tool is told of a commit',
  (written) => {
    const gitops = gitopsSchema.parse(written);
    expect(stepsWith(gitops)).toEqual([
      'kubectl apply -f dist/00-namespace.yaml',
      ...secrets,
      'git add dist &&',
      `kubectl apply -f dist/${gitops.tool}`,
    ]);
  },
);
