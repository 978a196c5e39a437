import { configName } from '../../../config/config-files.ts';
import { regionOf } from '../../../coralogix/domain.ts';
import { regions } from '../../../coralogix/regions.ts';
import { templatePathsOf } from '../../../kubernetes/pod-template.ts';
import type { LintFinding } from '../../../lint/lint-finding.ts';
import { lintSources } from '../../../lint/lint-sources.ts';
import { readSources } from '../../../model/source/read-sources.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

/** Checks that the domain belongs to a region of Coralogix; data for another domain is lost silently. */
export const domainCheck: Check = {
  name: 'the domain of Coralogix',
  needs: [],
  isNeeded: (scope) => runs(scope, 'collector', 'operator', 'apply'),
  async run({ scope, context }) {
    const { domain } = scope.config.coralogix;
    return regionOf(domain) === undefined
      ? {
          problems: [
            {
              code: 'deploy/unknown-domain',
              message: `no region of Coralogix has the domain ${domain}`,
              suggestion: `write in ${configName(context.configFile)} as coralogix.domain one of ${regions.map((region) => region.domain).join(', ')}`,
            },
          ],
        }
      : {};
  },
};

/** Checks that lint finds no error in the manifests and values. */
export const lintCheck: Check = {
  name: 'the lint rules',
  needs: ['dist'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply'),
  async run({ context, scope }) {
    const { namespace, collector, lint, forecast, instrument } = scope.config;
    const { result } = lintSources(readSources([context.dist]), {
      settings: lint,
      namespace,
      releaseNamespace: collector.namespace,
      releaseName: collector.release,
      forecast,
      templatePaths: templatePathsOf(instrument.templates),
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
