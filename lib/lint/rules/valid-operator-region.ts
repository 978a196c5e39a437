import { regionOf } from '../../coralogix/domain.ts';
import { type Region, regions } from '../../coralogix/regions.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type OperatorRegion, operatorRegions, shownRegion, writtenDomains } from './support/domains.ts';

export const validOperatorRegion: Rule = {
  id: 'valid-operator-region',
  severity: 'error',
  documentation: {
    summary:
      'Reports a region of the Coralogix operator that there is not, or that is not the one that data is sent to.',
    why: 'The operator makes SLOs, alerts and dashboards through the API of its region. In another region than the data’s its key is refused; or it is accepted, and the alerts watch a team that receives nothing. The operator’s pod runs either way, and only its log shows the error.',
    remediation: 'Name the region of the domain that the collectors send to.',
    example: `global:
  domain: eu2.coralogix.com
coralogix-operator:
  enabled: true
  coralogixOperator:
    region: EU2`,
    see: ['https://github.com/coralogix/coralogix-operator/tree/main/charts/coralogix-operator'],
  },
  check: (model) => {
    const sentTo = new Set(writtenDomains(model).flatMap(({ domain }) => regionOf(domain) ?? []));
    return operatorRegions(model).flatMap((written) => finding(written, [...sentTo]) ?? []);
  },
};

function finding(operator: OperatorRegion, sentTo: readonly Region[]): RuleFinding | undefined {
  const { setting, value, place, manifest } = operator;
  if (/[{$<]/.test(value)) {
    return undefined;
  }
  const of = { place, manifest };
  const written = ({ name, domain }: Region) => `write: ${setting === 'region' ? name : domain}`;
  const region =
    setting === 'domain' ? regionOf(value) : regions.find(({ name }) => name.toLowerCase() === value.toLowerCase());
  const [data, another] = sentTo;
  if (region === undefined) {
    const known = regions.map(({ name, domain }) => (setting === 'region' ? name : domain));
    const meant = didYouMean(value, known);
    const suggestion = data !== undefined && another === undefined ? written(data) : meant && `write: ${meant}`;
    return {
      message: `${shownRegion(operator)}, which no region of Coralogix is`,
      suggestion: suggestion ?? `write one of ${known.join(', ')}`,
      ...of,
    };
  }
  return data === undefined || another !== undefined || region === data
    ? undefined
    : {
        message: `${shownRegion(operator)}, and data is sent to ${data.domain}, which is ${data.name}`,
        suggestion: written(data),
        ...of,
      };
}
