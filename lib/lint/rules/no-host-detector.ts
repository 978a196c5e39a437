import type { Variable } from '../../model/environment/variable.ts';
import { instrumentedContainers } from '../../model/spans/instrumentation.ts';
import type { Rule } from '../rule.ts';
import { byValue, usersOf } from './support/value-source.ts';

export const noHostDetector: Rule = {
  id: 'no-host-detector',
  severity: 'error',
  documentation: {
    summary: 'Reports an SDK that is configured to detect its host.',
    why: 'In a container the host that an SDK detects is the pod. The agent does not replace a `host.name` that is there already, so the HOST tab looks for metrics of a host that has the name of a pod, and stays empty.',
    remediation: 'Leave `host` out of the detectors; the agent adds the name of the node.',
    example: `env:
  - name: OTEL_NODE_RESOURCE_DETECTORS
    value: env,os,process`,
    see: ['https://opentelemetry.io/docs/specs/semconv/resource/host/'],
  },
  check(model) {
    const uses = instrumentedContainers(model).flatMap(({ workload, environment }) =>
      [...environment.values()].flatMap((variable) => {
        if (!detectorsVariable.test(variable.name)) {
          return [];
        }
        const detectors = detectorsOf(variable);
        const host = detectors.filter((detector) => /^(host|all)$/i.test(detector));
        return host.length === 0 ? [] : [{ workload, variable, host, detectors }];
      }),
    );
    return byValue(model, uses).map(({ source, uses: shared }) => {
      const [{ variable, host, detectors }] = shared;
      const others = detectors.filter((detector) => !host.includes(detector));
      return {
        message: `${variable.name} of ${usersOf(shared)} has ${host.join(' and ')}, so host.name is the pod's name`,
        place: source.place(),
        suggestion: `write: ${others.length > 0 ? others.join(',') : 'env'}`,
        manifest: source.manifest,
      };
    });
  },
};

const detectorsVariable = /^OTEL_(\w+_)?(RESOURCE_)?DETECTORS$/;

const detectorsOf = ({ value = '' }: Variable): string[] => value.split(',').map((detector) => detector.trim());
