import type { Processor } from '../../pipeline/component.ts';

const owners = ['container', 'k8s.pod', 'k8s.node'];

/** The names that the view reads: the receiver has renamed `…cpu.utilization` to `…cpu.usage`. */
export const cpuMetricNames = (): Processor => ({
  kind: 'processor',
  id: 'transform/kubeletstatscpu',
  settings: {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'metric',
        statements: owners.flatMap((owner) => [
          `set(metric.unit, "1") where metric.name == "${owner}.cpu.usage"`,
          `set(metric.name, "${owner}.cpu.utilization") where metric.name == "${owner}.cpu.usage"`,
        ]),
      },
    ],
  },
});
