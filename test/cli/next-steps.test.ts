import { expect, test } from 'vitest';
import { nextSteps } from '../../lib/cli/next-steps.ts';
import { loadSystem } from '../../lib/config/load-system.ts';
import { gitopsSchema } from '../../lib/config/schema/gitops.ts';
import type { SystemConfig } from '../../lib/config/schema/system.ts';

const { config } = loadSystem('config/dataprime-demo.yaml');
const manifests = { collector: { ...config.collector, delivery: 'manifests' as const } };

/** The lines that are to be pasted. */
const linesWith = (changes: Partial<SystemConfig>): string[] =>
  nextSteps({ config: { ...config, ...changes }, configFile: 'my system.yaml', output: 'dist' })
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());

/** The program of each and what it works on. */
const stepsWith = (changes: Partial<SystemConfig>): string[] =>
  linesWith(changes).map((line) =>
    line
      .replace(/^printf .* \| /, '')
      .split(' ')
      .slice(0, 4)
      .join(' '),
  );

const deploy = 'npm run podhost --';
const secrets = ['kubectl create secret generic', 'kubectl create secret generic'];

test('a person deploys, or applies the manifests and installs the chart', () => {
  expect(linesWith({})[0]).toBe("npm run podhost -- deploy --config 'my system.yaml' --output dist");
  expect(stepsWith({})).toEqual([
    deploy,
    'kubectl apply -f dist',
    ...secrets,
    'helm upgrade --install otel-coralogix-integration',
  ]);
});

test('a path that begins with "-" is no option', () => {
  const text = nextSteps({ config, configFile: '-c.yaml', output: '--out' });
  expect(text).toContain('deploy --config ./-c.yaml --output ./--out\n');
  expect(text).toContain('kubectl apply -f ./--out\n');
});

test('values of secrets are in no argument, and the chart is found without anything set up before', () => {
  const [, , application, , helm] = linesWith({});
  expect(application).toBe(
    [
      `printf '%s\\n' "OPENAI_API_KEY=$OPENAI_API_KEY" "CX_RUM_API_KEY=$CX_RUM_API_KEY" "DB_PASSWORD=$DB_PASSWORD"`,
      'kubectl create secret generic dataprime-secrets --namespace=dataprime-demo --from-env-file=/dev/stdin',
    ].join(' | '),
  );
  expect(helm).toContain(`otel-integration --repo=${config.deploy.chartRepository} --version=`);
});

test('there is no chart to install when the manifests hold the collector, or k3s installs it', () => {
  const steps = [deploy, 'kubectl apply -f dist', ...secrets];
  expect(stepsWith(manifests)).toEqual(steps);
  expect(stepsWith({ gitops: gitopsSchema.parse({ tool: 'k3s' }) })).toEqual(steps);
});

test('what the operator needs is in no file, so that only a deployment is told', () => {
  const { operator } = config.deploy;
  expect(stepsWith({ deploy: { ...config.deploy, operator: { ...operator, enabled: true } } })).toEqual([deploy]);
});

test.each([{ tool: 'argo-cd', repository: 'https://git.example.com/shop.git' }, { tool: 'flux' }])(
  'the secrets are there before $tool is told of a commit',
  (written) => {
    const gitops = gitopsSchema.parse(written);
    expect(stepsWith({ gitops })).toEqual([
      deploy,
      'kubectl apply -f dist/00-namespace.yaml',
      ...secrets,
      'git add dist &&',
      `kubectl apply -f dist/${gitops.tool}`,
    ]);
  },
);
