import { quoted } from '../../text/quoted.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { domainProblem } from './support/domain.ts';
import { type WrittenDomain, writtenDomains } from './support/domain-places.ts';
import { setText } from './support/values-edit.ts';

export const validDomain: Rule = {
  id: 'valid-domain',
  severity: 'error',
  documentation: {
    summary: 'Reports a domain of Coralogix that has a scheme or a path, or that no region has.',
    why: 'The exporter sends to `ingress.DOMAIN:443`. With a URL, a port or another host name in its place that is no name that resolves; the chart renders it all the same, the collectors run, and everything that they send is dropped after some retries. The domain of another region is found, and refuses the key.',
    remediation: 'Write the bare domain of your region; `private.` may stand before it for PrivateLink.',
    example: `global:
  domain: eu2.coralogix.com`,
    see: ['https://coralogix.com/docs/integrations/coralogix-endpoints/'],
  },
  check: (model) => writtenDomains(model).flatMap(findingOf),
};

function findingOf({ domain, title, place, source, manifest }: WrittenDomain): RuleFinding[] {
  const found = domainProblem(domain);
  if (found === undefined) {
    return [];
  }
  const { problem, meant, mayBeProxy } = found;
  const isFixable = source !== undefined && meant !== undefined && problem !== 'is the domain of no region';
  return [
    {
      message: `${title} ${quoted(domain)} ${problem}`,
      place,
      manifest,
      ...(mayBeProxy ? { cannotTell: true } : {}),
      ...(meant === undefined ? {} : { suggestion: `write: ${meant}` }),
      ...(isFixable ? { fix: { file: source.file, apply: (text) => setText(text, source.path, domain, meant) } } : {}),
    },
  ];
}
