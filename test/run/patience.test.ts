import { expect, test } from 'vitest';
import type { SystemConfig } from '../../lib/config/schema/system.ts';
import { certificateCheck } from '../../lib/deploy/steps/verify/certificate.ts';
import { certificateSeconds, collectorSeconds } from '../../lib/run/verification.ts';
import { FastClock } from './support/fast-clock.ts';
import { RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

const argoCd = { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' };
const context = (gitops?: object, change: (config: SystemConfig) => SystemConfig = (config) => config) => {
  const { config } = testContext({
    runner: new RecordingRunner(),
    deploy: { rolloutSeconds: 600 },
    ...(gitops === undefined ? {} : { gitops }),
  });
  return { config: change(config) };
};
const manifests = (config: SystemConfig): SystemConfig => ({
  ...config,
  collector: { ...config.collector, delivery: 'manifests' },
});
const withCertificate =
  (certificate: NonNullable<SystemConfig['ingress']>['certificate']) => (config: SystemConfig) => ({
    ...config,
    ingress: config.ingress && { ...config.ingress, certificate },
  });

test('a collector that a GitOps tool installs may take as long as a rollout', () => {
  expect([{ tool: 'k3s' }, { tool: 'flux' }, argoCd].map((gitops) => collectorSeconds(context(gitops)))).toEqual([
    600, 600, 600,
  ]);
  expect(collectorSeconds(context(argoCd, manifests))).toBe(600);
});

test('a collector that is applied or installed here was waited for', () => {
  expect(collectorSeconds(context())).toBe(15);
  expect(collectorSeconds(context({ tool: 'k3s' }, manifests))).toBe(15);
});

test('a certificate that an authority issues may take as long as a rollout', () => {
  const acme = withCertificate({ acme: { email: 'me@example.com' } });
  const certManager = withCertificate({ certManager: { name: 'letsencrypt', kind: 'ClusterIssuer' } });
  const resolver = withCertificate({ traefikResolver: 'letsencrypt' });
  expect([acme, certManager, resolver].map((change) => certificateSeconds(context(undefined, change)))).toEqual([
    600, 600, 600,
  ]);
  expect(certificateSeconds(context(argoCd))).toBe(600);
});

test('a certificate that is there already is served soon', () => {
  expect(certificateSeconds(context())).toBe(15);
  expect(certificateSeconds(context({ tool: 'k3s' }))).toBe(15);
});

test('a certificate that is issued after a minute is waited for', async () => {
  const clock = new FastClock();
  const node = { status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] } };
  const runner = new RecordingRunner({
    'kubectl get nodes': JSON.stringify({ items: [node] }),
    'kubectl get ingress': '{}',
  });
  const whole = testContext({ runner });
  const { ingress } = withCertificate({ acme: { email: 'me@example.com' } })(whole.config);
  if (ingress === undefined) {
    throw new Error('the small system has an ingress');
  }
  const validTo = new Date('2999-01-01T00:00:00Z');
  const probe = async () => ({
    subject: clock.seconds < 60 ? 'TRAEFIK DEFAULT CERT' : ingress.host,
    issuer: 'An Authority',
    validTo,
  });
  const action = certificateCheck({ ...whole, config: { ...whole.config, ingress } }, ingress, probe);
  await action.prove?.();
  expect(clock.seconds).toBeGreaterThanOrEqual(60);
});
