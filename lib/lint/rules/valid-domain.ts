import { type DomainReading, readDomain } from '../../coralogix/domain.ts';
import { quoted } from '../../text/quoted.ts';
import type { Fix, Rule, RuleFinding } from '../rule.ts';
import { type WrittenDomain, writtenDomains } from './support/domains.ts';
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
  // Empty means that it is given to helm in another way; a placeholder is filled in by another tool.
  const reading = domain === '' || /[{$<]/.test(domain) ? undefined : readDomain(domain);
  if (reading === undefined || reading.status === 'valid') {
    return [];
  }
  const message = `${title} ${quoted(domain)} ${problemOf(reading)}`;
  if (reading.status === 'repairable') {
    const { repaired } = reading;
    const fix: Fix | undefined = source && {
      file: source.file,
      apply: (text) => setText(text, source.path, domain, repaired),
    };
    return [{ message, place, manifest, suggestion: `write: ${repaired}`, ...(fix === undefined ? {} : { fix }) }];
  }
  const meant = (reading.isCoralogix ? reading.near[0] : undefined) ?? (reading.isHost ? undefined : reading.host);
  return [
    {
      message,
      place,
      manifest,
      ...(reading.isHost && !reading.isCoralogix ? { cannotTell: true } : {}),
      ...(meant === undefined ? {} : { suggestion: `write: ${meant}` }),
    },
  ];
}

function problemOf(reading: DomainReading): string {
  if (reading.status !== 'valid' && !reading.isHost) {
    return 'is no bare host name';
  }
  return reading.status === 'repairable'
    ? 'is more than the domain of a region, before which the exporter puts ingress.'
    : 'is the domain of no region';
}
