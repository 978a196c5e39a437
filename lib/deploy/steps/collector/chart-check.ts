import { otelIntegrationChart } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import type { Problem } from '../../../problems/problem.ts';
import { commandProblem } from '../../../run/kube/read.ts';
import { chartSource, checkRepository, findRelease, type ReleaseName } from '../../helm.ts';
import type { Check, PreflightContext } from '../../preflight/preflight-context.ts';
import { installsCollector, installsOperator, usesHelm } from '../../preflight/scope.ts';
import { operatorRelease } from '../operator/step.ts';

/** Checks that the charts can be downloaded in their versions. */
export const chartCheck: Check = {
  name: 'the charts',
  needs: ['helm'],
  isNeeded: usesHelm,
  async run(preflight) {
    const { scope } = preflight;
    const charts = [
      ...(installsCollector(scope) ? [collectorChart(scope.config)] : []),
      ...(installsOperator(scope) ? [operatorChart(scope.config)] : []),
    ];
    const problems = await Promise.all(charts.map((chart) => problemOf(preflight, chart)));
    return { problems: problems.filter((problem) => problem !== undefined) };
  },
};

interface Chart extends ReleaseName {
  readonly name: string;
  readonly version: string;
}

const collectorChart = ({ collector: { release, namespace } }: SystemConfig): Chart => ({
  ...otelIntegrationChart,
  release,
  namespace,
});

const operatorChart = ({ deploy: { operator } }: SystemConfig): Chart => ({
  name: operatorRelease,
  version: operator.version,
  release: operatorRelease,
  namespace: operator.namespace,
});

async function problemOf(preflight: PreflightContext, chart: Chart): Promise<Problem | undefined> {
  const { context, scope } = preflight;
  const { name, version } = chart;
  const repository = scope.config.deploy.chartRepository;
  const command = {
    program: 'helm',
    args: ['show', 'chart', ...chartSource(repository, name), `--version=${version}`],
    timeoutSeconds: 60,
  };
  const result = await context.runner.run(command);
  if (result.exitStatus === 0 || (await isInstalled(preflight, chart))) {
    return undefined;
  }
  const { message, details = [] } = commandProblem(command, result);
  return {
    code: 'deploy/no-chart',
    message: `the chart ${name} ${version} cannot be downloaded`,
    details: [message, ...details],
    suggestion: `check whether this machine reaches the repository: ${checkRepository(repository)}; to use a mirror, write deploy.chartRepository`,
  };
}

/** Whether the chart is installed in this version. The download is then not needed, unless values have changed. */
async function isInstalled(preflight: PreflightContext, chart: Chart): Promise<boolean> {
  const present = (await preflight.has('cluster')) ? await findRelease(preflight.context, chart) : undefined;
  return present?.status === 'deployed' && present.chart === `${chart.name}-${chart.version}`;
}
