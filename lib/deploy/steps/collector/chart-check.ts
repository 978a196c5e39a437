import { otelIntegrationChart } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import type { Problem } from '../../../problems/problem.ts';
import { commandProblem } from '../../../run/kube/read.ts';
import { chartSource, findRelease, lookAtRepository, type ReleaseName } from '../../helm.ts';
import type { Check } from '../../preflight/check.ts';
import { installsCollector, installsOperator, usesHelm } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';
import { operatorRelease } from '../operator/step.ts';

/** The charts can be fetched, in their versions. */
export const chartCheck: Check = {
  name: 'the charts',
  needs: ['helm'],
  isNeeded: usesHelm,
  async look(inquiry) {
    const { scope } = inquiry;
    const charts = [
      ...(installsCollector(scope) ? [collectorChart(scope.config)] : []),
      ...(installsOperator(scope) ? [operatorChart(scope.config)] : []),
    ];
    const problems = await Promise.all(charts.map((chart) => problemOf(inquiry, chart)));
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

async function problemOf(inquiry: Inquiry, chart: Chart): Promise<Problem | undefined> {
  const { context, scope } = inquiry;
  const { name, version } = chart;
  const repository = scope.config.deploy.chartRepository;
  const command = {
    program: 'helm',
    args: ['show', 'chart', ...chartSource(repository, name), `--version=${version}`],
    timeoutSeconds: 60,
  };
  const result = await context.runner.run(command);
  if (result.exitStatus === 0 || (await isInstalled(inquiry, chart))) {
    return undefined;
  }
  const { message, details = [] } = commandProblem(command, result);
  return {
    code: 'deploy/no-chart',
    message: `the chart ${name} ${version} cannot be fetched`,
    details: [message, ...details],
    suggestion: `look whether the repository is reached from here: ${lookAtRepository(repository)}; a mirror is named with deploy.chartRepository`,
  };
}

/** Then nothing has to be fetched: an upgrade with other values fails by itself, and before it has changed anything. */
async function isInstalled(inquiry: Inquiry, chart: Chart): Promise<boolean> {
  const present = (await inquiry.has('cluster')) ? await findRelease(inquiry.context, chart) : undefined;
  return present?.status === 'deployed' && present.chart === `${chart.name}-${chart.version}`;
}
