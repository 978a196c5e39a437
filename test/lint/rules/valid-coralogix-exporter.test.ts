import { expect, test } from 'vitest';
import { validCoralogixExporter as rule } from '../../../lib/lint/rules/valid-coralogix-exporter.ts';
import { agentValues, rendered, soundExporters } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'an endpoint in place of the domain',
    rendered({
      exporters:
        'coralogix: { endpoint: "https://ingress.eu2.coralogix.com:443", private_key: "${env:KEY}", application_name: a, subsystem_name: b }',
    }),
    {
      at: 'app.yaml:27:30',
      message:
        'coralogix of DaemonSet agent has an endpoint and no domain, which is no setting of this exporter: the collector does not start',
      suggestion: 'write instead of endpoint: domain: eu2.coralogix.com',
    },
  ],
  [
    'no domain',
    rendered({ exporters: 'coralogix: { private_key: "${env:KEY}", application_name: a, subsystem_name: b }' }),
    {
      message: 'coralogix of DaemonSet agent lacks domain, and the collector does not start without',
      suggestion: 'write: domain: eu2.coralogix.com',
    },
  ],
  [
    'no key',
    rendered({ exporters: 'coralogix: { domain: eu2.coralogix.com, application_name: a, subsystem_name: b }' }),
    { message: 'coralogix of DaemonSet agent lacks private_key, and the collector does not start without' },
  ],
  [
    'no application',
    rendered({ exporters: 'coralogix: { domain: eu2.coralogix.com, private_key: "${env:KEY}", subsystem_name: b }' }),
    { message: 'coralogix of DaemonSet agent lacks application_name, and the collector does not start without' },
  ],
  [
    'no subsystem',
    rendered({ exporters: 'coralogix: { domain: eu2.coralogix.com, private_key: "${env:KEY}", application_name: a }' }),
    {
      message:
        'coralogix of DaemonSet agent has neither subsystem_name nor subsystem_name_attributes: all data has an empty subsystem',
    },
  ],
  [
    'a protocol that the version does not have',
    rendered({ exporters: soundExporters.replace('{', '{ protocol: http,') }).replace(':0.155.0', ':0.143.0'),
    {
      message:
        'coralogix of DaemonSet agent has protocol: http, which this exporter has since 0.144, and the collector is 0.143: it does not start',
    },
  ],
  [
    'a protocol that there is not',
    rendered({ exporters: soundExporters.replace('{', '{ protocol: tcp,') }),
    { suggestion: 'write: protocol: grpc' },
  ],
  [
    'an exporter of the chart that values empty',
    agentValues('config: { exporters: { coralogix/resource_catalog: null } }'),
    {
      message:
        'coralogix/resource_catalog of the agent of app.yaml lacks domain, private_key and application_name, and the collector does not start without',
    },
  ],
  [
    'an endpoint in values',
    agentValues('config: { exporters: { coralogix: { endpoint: "ingress.eu2.coralogix.com:443" } } }'),
    { at: 'app.yaml:5:49', suggestion: 'remove endpoint' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'endpoints of signals',
    rendered({
      exporters:
        'coralogix: { traces: { endpoint: a:443 }, private_key: "${env:KEY}", application_name: a, subsystem_name_attributes: [service.name] }',
    }),
  ],
  ['the protocol in a version that has it', rendered({ exporters: soundExporters.replace('{', '{ protocol: http,') })],
  ['the exporter of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
