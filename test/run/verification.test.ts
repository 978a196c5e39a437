import { describe, expect, test } from 'vitest';
import type { SystemConfig } from '../../lib/config/schema/system.ts';
import { verifyCertificate } from '../../lib/deploy/steps/verify/certificate.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import {
  certificateTimeoutSeconds,
  collectorTimeoutSeconds,
  verification,
  verificationError,
} from '../../lib/run/verification.ts';
import { FastClock } from './support/fast-clock.ts';
import { RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

describe('a check that waits', () => {
  const missing = () =>
    new PodhostError([{ code: 'deploy/command-failed', message: 'kubectl get x', details: ['    NotFound'] }], 3);

  /** What is told, and when it came to an end, of a look that succeeds after some seconds. */
  async function run(afterSeconds: number, timeoutSeconds?: number) {
    const clock = new FastClock();
    const context = testContext({ runner: new RecordingRunner() });
    const told: string[] = [];
    const props = { title: 'It is so', ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) };
    const action = verification(context, props, async () => {
      if (clock.seconds < afterSeconds) {
        throw clock.seconds < 5 ? missing() : verificationError('not-so', 'it is half so', 'wait');
      }
      return 'so';
    });
    expect(await action.upToDate?.((progress) => told.push(progress))).toBeUndefined();
    const failure = await action.verify?.().catch((error: PodhostError) => error.code);
    return { told: [...new Set(told)], failure, seconds: Math.round(clock.seconds) };
  }

  test('a short verification reports no progress', async () => {
    expect(await run(10)).toEqual({ told: [], failure: undefined, seconds: 10 });
  });

  test('what does not become so at once fails soon', async () => {
    const { failure, seconds } = await run(60);
    expect(failure).toBe('deploy/not-so');
    expect(seconds).toBeLessThan(20);
  });

  test('a long verification waits until its timeout and reports what is missing', async () => {
    const { told, failure, seconds } = await run(200, 300);
    expect(failure).toBeUndefined();
    expect(seconds).toBeGreaterThanOrEqual(200);
    expect(told).toEqual(['waits for at most 300 s: NotFound', 'waits for at most 300 s: it is half so']);
  });

  test('a verification fails after its timeout', async () => {
    const { failure, seconds } = await run(400, 300);
    expect(failure).toBe('deploy/not-so');
    expect(seconds).toBeLessThan(310);
  });
});

describe('timeouts', () => {
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
    expect(
      [{ tool: 'k3s' }, { tool: 'flux' }, argoCd].map((gitops) => collectorTimeoutSeconds(context(gitops))),
    ).toEqual([600, 600, 600]);
    expect(collectorTimeoutSeconds(context(argoCd, manifests))).toBe(600);
  });

  test('a collector that is applied or installed here was waited for', () => {
    expect(collectorTimeoutSeconds(context())).toBe(15);
    expect(collectorTimeoutSeconds(context({ tool: 'k3s' }, manifests))).toBe(15);
  });

  test('a certificate that an authority issues may take as long as a rollout', () => {
    const acme = withCertificate({ acme: { email: 'me@example.com' } });
    const certManager = withCertificate({ certManager: { name: 'letsencrypt', kind: 'ClusterIssuer' } });
    const resolver = withCertificate({ traefikResolver: 'letsencrypt' });
    expect(
      [acme, certManager, resolver].map((change) => certificateTimeoutSeconds(context(undefined, change))),
    ).toEqual([600, 600, 600]);
    expect(certificateTimeoutSeconds(context(argoCd))).toBe(600);
  });

  test('a certificate that is there already is served soon', () => {
    expect(certificateTimeoutSeconds(context())).toBe(15);
    expect(certificateTimeoutSeconds(context({ tool: 'k3s' }))).toBe(15);
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
    const action = verifyCertificate({ ...whole, config: { ...whole.config, ingress } }, ingress, probe);
    await action.verify?.();
    expect(clock.seconds).toBeGreaterThanOrEqual(60);
  });
});
