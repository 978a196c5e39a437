import { endpointProblem, staysAsItIs } from '../../model/path/endpoint-problem.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import { quoted } from '../../text/quoted.ts';
import type { Rule } from '../rule.ts';
import { valueFix } from './support/environment-fix.ts';
import { byValue, usersOf, writtenText } from './support/value-source.ts';

export const validOtlpEndpoint: Rule = {
  id: 'valid-otlp-endpoint',
  severity: 'error',
  documentation: {
    summary:
      'Reports an endpoint without scheme, with the scheme of the other kind of connection, or with the wrong path.',
    why: 'SDKs read `collector:4317` differently: some refuse to start their exporter, some take it for TLS. `https` to a receiver without a certificate never connects. Over HTTP the general variable gets `/v1/traces` appended and the one for traces does not, so a path too much or too little is answered with 404.',
    remediation: 'Write scheme, host and port; a path only over HTTP and only in `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`.',
    example: `env:
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://coralogix-opentelemetry.coralogix:4317`,
    see: ['https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp'],
  },
  check(model) {
    const uses = spanExports(model).flatMap((span) => {
      const problem = staysAsItIs(span) ? endpointProblem(model, span) : undefined;
      return problem === undefined ? [] : [{ ...span, problem }];
    });
    return byValue(model, uses).map(({ source, uses }) => {
      const [use] = uses;
      const { variable, problem } = use;
      const written = writtenText(variable);
      const value = problem.mend(written);
      return {
        message: `${variable.name} of ${usersOf(uses)} is ${quoted(written, variable.name)}: ${problem.reason}`,
        place: source.place(),
        suggestion: `write: ${value}`,
        manifest: source.manifest,
        ...valueFix(model, use, value),
      };
    });
  },
};
