import { expect, test } from 'vitest';
import { validDomain as rule } from '../../../lib/lint/rules/valid-domain.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const values = (domain: string, more = '') =>
  `global:\n  domain: ${domain} # ours\n  clusterName: shop\nopentelemetry-agent:\n  enabled: true\n${more}`;

const bare = 'is no bare host name';
const prefixed = 'is more than the domain of a region, before which the exporter puts ingress.';
const unknown = 'is the domain of no region';

test.each([
  ['https://eu2.coralogix.com', bare, 'eu2.coralogix.com'],
  ['eu2.coralogix.com/', bare, 'eu2.coralogix.com'],
  ['eu2.coralogix.com:443', bare, 'eu2.coralogix.com'],
  ['"https://ingress.eu2.coralogix.com:443"', bare, 'eu2.coralogix.com'],
  ['EU2.coralogix.com', bare, 'eu2.coralogix.com'],
  ['ingress.eu2.coralogix.com', prefixed, 'eu2.coralogix.com'],
  ['my-team.app.eu2.coralogix.com', prefixed, 'eu2.coralogix.com'],
  ['ingress.private.eu2.coralogix.com', prefixed, 'private.eu2.coralogix.com'],
  ['my-team.app.cx498.coralogix.com', prefixed, 'us2.coralogix.com'],
  ['ftp+x://eu2.coralogix.com', bare, 'eu2.coralogix.com'],
  ["'eu2'", prefixed, 'eu2.coralogix.com'],
])('reports %s, and mends it', (domain, problem, meant) => {
  const text = values(domain);
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:2:11',
      message: `global.domain "${domain.replaceAll(/["']/g, '')}" ${problem}`,
      suggestion: `write: ${meant}`,
    },
  ]);
  const quote = /^["']/.exec(domain)?.[0] ?? '';
  expect(fixed(rule, text)).toBe(values(quote + meant + quote));
});

test.each([
  ['eu2.coralogix.io', 'eu2.coralogix.com'],
  ['eu3.coralogix.com', 'eu1.coralogix.com'],
])('reports %s, which no region has, and leaves the choice', (domain, meant) => {
  const text = values(domain);
  expect(report(rule, text)).toMatchObject([
    { message: `global.domain "${domain}" ${unknown}`, suggestion: `write: ${meant}` },
  ]);
  expect(rule.check(modelOf(text))[0]?.fix).toBeUndefined();
});

test('does not write what is no host name', () => {
  const [finding] = rule.check(modelOf(values('ftp+x')));
  expect(finding?.suggestion ?? 'none').not.toContain('ftp');
  expect(finding?.fix).toBeUndefined();
});

test('reports values that hold nothing but what all sub-charts read', () => {
  expect(report(rule, 'global: { domain: eu2.coralogix.io }\n')).toHaveLength(1);
  expect(report(rule, 'global: { domain: telemetry.corp.internal, clusterName: shop }\n')).toHaveLength(1);
  expect(report(rule, 'global: { domain: telemetry.corp.internal }\n')).toEqual([]);
});

test('cannot tell what may be a proxy', () => {
  expect(report(rule, values('telemetry.corp.internal'))).toEqual([
    { at: 'app.yaml:2:11', message: `global.domain "telemetry.corp.internal" ${unknown}`, cannotTell: true },
  ]);
});

test('reports the other places in which values have a domain', () => {
  const text = values(
    'eu2.coralogix.com',
    `  presets:
    coralogixExporter:
      domain: http://eu1.coralogix.com
      additionalEndpoints:
        - { enabled: true, domain: "https://us1.coralogix.com", privateKey: "\${env:K}" }
`,
  );
  expect(report(rule, text)).toMatchObject([
    { at: 'app.yaml:8:15', message: expect.stringContaining('opentelemetry-agent.presets.coralogixExporter.domain') },
    { at: 'app.yaml:10:36', message: expect.stringContaining('additionalEndpoints.0.domain') },
  ]);
});

test('reports the exporter of a rendered configuration', () => {
  const text = mounted({
    config: countingSpans({ settings: 'exporters: { coralogix: { domain: "https://eu2.coralogix.com" } }' }),
  });
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:12:39',
      message: `domain of exporter coralogix of DaemonSet agent "https://eu2.coralogix.com" ${bare}`,
      suggestion: 'write: eu2.coralogix.com',
    },
  ]);
});

test.each([
  'eu2.coralogix.com',
  'coralogix.com',
  'cx498.coralogix.com',
  'private.ap1.coralogix.com',
  'gov1.coralogixgov.us',
  '""',
  '${CORALOGIX_DOMAIN}',
  '"{{ .Values.domain }}"',
])('does not report %s', (domain) => {
  expect(report(rule, values(domain))).toEqual([]);
});
