import { applicationContainers } from '../../model/spans/instrumentation.ts';
import type { Rule } from '../rule.ts';
import { agree, byValue, usersOf } from './support/value-source.ts';

export const noDisabledSdk: Rule = {
  id: 'no-disabled-sdk',
  severity: 'warning',
  documentation: {
    summary: 'Reports an SDK that a variable switches off, so that its container sends no spans.',
    why: 'With `OTEL_SDK_DISABLED=true`, or with an exporter of traces other than `otlp`, a program runs as if it were not instrumented. The service has no row in the Service Catalog, and nothing fails. Such a variable often stays from a test, or comes with a ConfigMap that other services share.',
    remediation: 'Remove the variable, or suppress the finding with the reason why the service sends no spans.',
    example: `env:
  - name: OTEL_SDK_DISABLED
    value: "false"
  - name: OTEL_TRACES_EXPORTER
    value: otlp`,
    see: ['https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/'],
  },
  check: (model) => {
    const uses = applicationContainers(model).flatMap(({ workload, instrumentation }) =>
      instrumentation.kind === 'off' ? [{ workload, variable: instrumentation.variable }] : [],
    );
    return byValue(model, uses).map(({ source, uses: shared }) => {
      const [{ variable }] = shared;
      return {
        message: `${variable.name} of ${usersOf(shared)} is ${variable.value?.trim()}, so ${agree(shared, 'it sends', 'they send')} no spans`,
        place: source.place(),
        suggestion: variable.name === 'OTEL_SDK_DISABLED' ? 'write: "false"' : 'write: otlp',
        manifest: source.manifest,
      };
    });
  },
};
