import { uninstrumentedWorkloads } from '../../model/coverage.ts';
import type { Rule } from '../rule.ts';

export const requireInstrumentation: Rule = {
  id: 'require-instrumentation',
  severity: 'error',
  isOffByDefault: true,
  documentation: {
    summary: 'Reports a workload of which nothing that was read shows an SDK, so that no spans of it are known.',
    why: 'A program without an SDK sends no spans, and has no row in the Service Catalog. Every other rule passes over it, because there is nothing to judge. An SDK in the program itself, without any variable, looks the same from outside. The option `--require-instrumented` switches this rule on.',
    remediation: 'Instrument it, and configure the SDK by variables; `podhost instrument` writes them.',
    example: `env:
  - name: OTEL_SERVICE_NAME
    value: cart
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317`,
    see: ['https://opentelemetry.io/docs/languages/'],
  },
  check: (model) =>
    uninstrumentedWorkloads(model).map(({ title, manifest }) => ({
      message: `nothing of ${title} shows an SDK: no spans of it are known`,
      place: manifest.place(['metadata', 'name']),
      manifest,
    })),
};
