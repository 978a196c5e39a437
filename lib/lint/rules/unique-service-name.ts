import { groupBy } from '../../group-by.ts';
import { instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { serviceNameOf } from '../../model/spans/service-name.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule } from '../rule.ts';
import { valueSource } from './support/value-source.ts';

export const uniqueServiceName: Rule = {
  id: 'unique-service-name',
  severity: 'warning',
  documentation: {
    summary: 'Reports two workloads of a namespace that call their service the same.',
    why: 'Their spans and their metrics become one service: latency and errors are those of both, the Pod & Host view lists the pods of both, and neither is found by itself.',
    remediation: 'Give every workload a name of its own; a name that all share has no place in a shared ConfigMap.',
    example: `env:
  - name: OTEL_SERVICE_NAME
    value: queue-worker-service`,
    see: ['https://opentelemetry.io/docs/specs/semconv/resource/#service'],
  },
  check(model) {
    const named = instrumentedContainers(model).flatMap((found) => {
      const service = serviceNameOf(found);
      const { workload } = found;
      return service?.name === undefined || !longRunning.has(workload.kind)
        ? []
        : [{ workload, name: service.name, variable: service.variable }];
    });
    const same = groupBy(named, ({ workload, name }) => `${workload.namespace}\n${name}`);
    return [...same.values()].flatMap((uses) => {
      const workloads = groupBy(uses, ({ workload }) => `${workload.kind} ${stem(workload.name)}`);
      const [, second] = [...workloads.values()];
      if (second === undefined) {
        return [];
      }
      const [{ workload, name, variable }] = second;
      const source = valueSource(model, workload, variable);
      const all = joinNames(uses.map((use) => use.workload.title));
      return [
        {
          message: `${all} of namespace ${workload.namespace} have one service name, ${name}`,
          place: source.place(),
          suggestion:
            source.manifest === workload.manifest
              ? `write: ${workload.name}`
              : `remove it, and set ${variable.name} in each of them to its own name`,
          manifest: source.manifest,
        },
      ];
    });
  },
};

const longRunning = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Two of one service on purpose, while one takes over from the other. */
const stem = (name: string): string => name.replace(/-(canary|primary|stable|preview|blue|green|v\d+)$/, '');
