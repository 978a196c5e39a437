import { regionOf } from '../../../coralogix/domain.ts';
import { regions } from '../../../coralogix/regions.ts';
import type { LintFinding } from '../../../lint/lint-finding.ts';
import { lintSources } from '../../../lint/lint-sources.ts';
import { readSources } from '../../../model/source/read-sources.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';

/** The domain is one that Coralogix has: what is sent elsewhere is lost without a word. */
export const domainCheck: Check = {
  name: 'the domain of Coralogix',
  needs: [],
  isNeeded: (scope) => runs(scope, 'collector', 'operator', 'apply'),
  async look({ scope, context }) {
    const { domain } = scope.config.coralogix;
    return regionOf(domain) === undefined
      ? {
          problems: [
            {
              code: 'deploy/unknown-domain',
              message: `no region of Coralogix has the domain ${domain}`,
              suggestion: `write in ${context.configFile} as coralogix.domain one of ${regions.map((region) => region.domain).join(', ')}`,
            },
          ],
        }
      : {};
  },
};

/** The manifests and values have no error that would keep a view empty. */
export const lintCheck: Check = {
  name: 'what lint says of the manifests',
  needs: ['dist'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply'),
  async look({ context, scope }) {
    const { namespace, collector, lint, forecast } = scope.config;
    const { result } = lintSources(readSources([context.dist]), {
      settings: lint,
      namespace,
      releaseNamespace: collector.namespace,
      releaseName: collector.release,
      forecast,
    });
    const errors = result.findings.filter(({ level }) => level === 'error');
    return { problems: [...errors.map(problemOf), ...result.failures] };
  },
};

const problemOf = ({ rule, message, place, suggestion, confidential }: LintFinding): Problem => ({
  code: `lint/${rule.id}`,
  message,
  place,
  confidential,
  ...(suggestion === undefined ? {} : { suggestion }),
});
