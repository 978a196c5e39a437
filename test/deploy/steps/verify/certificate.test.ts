import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadSystem } from '../../../../lib/config/load-system.ts';
import type { CertificateConfig } from '../../../../lib/config/schema/ingress.ts';
import {
  type CertificateProbe,
  certificateProblem,
  verifyCertificate,
} from '../../../../lib/deploy/steps/verify/certificate.ts';
import type { ServedCertificate } from '../../../../lib/deploy/steps/verify/served-certificate.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

describe('the check of the certificate', () => {
  const { config } = loadSystem('config/dataprime-demo.yaml');
  const { name, namespace, ingress = { host: '', certificate: {}, routes: [] } } = config;

  const address = (type: string, value: string) => ({ type, address: value });
  const nodes = (...addresses: readonly object[]) => JSON.stringify({ items: [{ status: { addresses } }] });
  const balancer = (...entries: readonly object[]) =>
    JSON.stringify({ status: { loadBalancer: { ingress: entries } } });

  const getNodes = 'kubectl get nodes --output=json';
  const getIngress = `kubectl get ingress ${name} --namespace=${namespace} --output=json`;

  /** A virtual machine of a cloud: the node knows the address of its own network alone. */
  const cloud: Record<string, Answer> = {
    [getNodes]: nodes(address('Hostname', 'vm'), address('InternalIP', '10.0.0.5')),
    [getIngress]: balancer({ ip: '10.0.0.5' }),
    'ssh -G -- ubuntu@vm': 'user ubuntu\nhostname 203.0.113.7\nport 22\n',
  };

  const good: ServedCertificate = {
    subject: ingress.host,
    issuer: 'An Authority',
    validTo: new Date('2999-01-01T00:00:00Z'),
  };

  interface Reached {
    /** Addresses that answer from here. */
    readonly reachable: readonly string[];
    readonly answers?: Record<string, Answer>;
    /** Whether k3s runs on a host rather than on this machine. */
    readonly onHost?: boolean;
    readonly served?: ServedCertificate;
  }

  function checked({ reachable, answers = {}, onHost = true, served = good }: Reached) {
    const asked: string[] = [];
    const probe: CertificateProbe = async (at) => {
      asked.push(at);
      if (!reachable.includes(at)) {
        throw new Error('does not answer in 5 s');
      }
      return served;
    };
    const runner = new RecordingRunner({ ...cloud, ...answers });
    const context = testContext({ runner, deploy: onHost ? { host: 'ubuntu@vm' } : {} });
    const system = { ...context.config, name, namespace, ingress };
    return { action: verifyCertificate({ ...context, config: system }, ingress, probe), asked };
  }

  describe('the certificate is asked for', () => {
    test('at the address of the host, where the node knows only one that leads nowhere from here', async () => {
      const { action, asked } = checked({ reachable: ['203.0.113.7'] });
      expect(await action.upToDate?.()).toBe('issued by An Authority, until 2999-01-01');
      expect(asked).toEqual(['203.0.113.7']);
    });

    test('then at that of the load balancer, then at those of the node', async () => {
      const answers = {
        [getNodes]: nodes(address('InternalIP', '10.0.0.5'), address('ExternalIP', '203.0.113.9')),
        [getIngress]: balancer({ hostname: 'lb.example.com' }),
      };
      const inOrder = ['203.0.113.7', 'lb.example.com', '203.0.113.9', '10.0.0.5'];
      for (const [index, reachable] of inOrder.entries()) {
        const { action, asked } = checked({ reachable: [reachable], answers });
        expect(await action.upToDate?.()).toContain('An Authority');
        expect(asked).toEqual(inOrder.slice(0, index + 1));
      }
    });

    test.each<[string, Answer]>([
      ['has no address', balancer()],
      ['has said nothing', '{}'],
      ['may not be looked at', failed('ingresses.networking.k8s.io is forbidden')],
    ])('at the node, when k3s runs here and the load balancer %s', async (_, answer) => {
      const { action, asked } = checked({ reachable: ['10.0.0.5'], onHost: false, answers: { [getIngress]: answer } });
      expect(await action.upToDate?.()).toContain('An Authority');
      expect(asked).toEqual(['10.0.0.5']);
    });
  });

  describe('the problem of a certificate', () => {
    afterEach(() => {
      vi.restoreAllMocks();
    });

    /** Whoever waits has no patience: every look at the clock is an hour later. */
    const proven = (reached: Reached) => {
      let hours = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => 3_600_000 * hours++);
      return checked(reached).action.verify?.();
    };

    test('a missing answer is reported with all addresses and the firewall', async () => {
      await expect(proven({ reachable: [] })).rejects.toMatchObject({
        problems: [
          {
            code: 'deploy/no-tls',
            message: `no server answers HTTPS for ${ingress.host} on port 443 of 203.0.113.7 (does not answer in 5 s), 10.0.0.5 (does not answer in 5 s)`,
            suggestion: expect.stringMatching(/firewall.*kubectl get pods,services --namespace kube-system/),
          },
        ],
      });
    });

    test('of a wrong certificate says where it was found, although another address would show another', async () => {
      const served = { ...good, subject: 'TRAEFIK DEFAULT CERT' };
      await expect(proven({ reachable: ['203.0.113.7', '10.0.0.5'], served })).rejects.toMatchObject({
        problems: [
          {
            code: 'deploy/default-certificate',
            message: expect.stringMatching(/is missing; requested from 203\.0\.113\.7$/),
          },
        ],
      });
    });

    test('a cluster without node addresses is reported with a command', async () => {
      const answers = { [getNodes]: nodes(), [getIngress]: '{}' };
      await expect(proven({ reachable: [], onHost: false, answers })).rejects.toMatchObject({
        problems: [{ code: 'deploy/no-node-address' }],
      });
    });
  });
});

describe('a served certificate', () => {
  const { config } = loadSystem('config/dataprime-demo.yaml');
  const now = new Date('2030-06-01T00:00:00Z');
  const good: ServedCertificate = {
    subject: 'dataprime-demo.example.com',
    issuer: 'An Authority',
    validTo: new Date('2030-07-01T00:00:00Z'),
  };
  const traefik: ServedCertificate = {
    ...good,
    subject: 'TRAEFIK DEFAULT CERT',
    otherHost: "Hostname/IP does not match certificate's altnames",
  };

  const problemOf = (served: ServedCertificate, certificate?: CertificateConfig) => {
    const { ingress } = config;
    const changed = ingress && certificate ? { ...ingress, certificate } : ingress;
    return certificateProblem(served, { config: { ...config, ingress: changed } }, now);
  };

  test('a certificate of the host that is valid is no problem, whoever trusts it', () => {
    expect(problemOf(good)).toBeUndefined();
    expect(problemOf({ ...good, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).toBeUndefined();
  });

  describe("Traefik's default certificate is told, with where the wanted one gets lost", () => {
    test.each<[CertificateConfig, string]>([
      [{ secretName: 'shop-tls' }, 'kubectl get secret shop-tls --namespace dataprime-demo'],
      [
        { certManager: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
        'kubectl describe certificate dataprime-demo-tls --namespace dataprime-demo',
      ],
      [{ traefikResolver: 'le' }, 'kubectl logs deployment/traefik --namespace kube-system | grep -i acme'],
      [{ acme: { email: 'ops@example.com' } }, 'kubectl logs deployment/traefik --namespace kube-system'],
    ])('%j', (certificate, command) => {
      const problem = problemOf(traefik, certificate);
      expect(problem?.message).toContain("is served with Traefik's default certificate");
      expect(problem?.suggestion).toContain(command);
    });
  });

  test('a certificate of another host is reported with its subject', () => {
    const problem = problemOf({ ...good, subject: 'other.example.com', otherHost: 'no match' });
    expect(problem?.message).toBe(
      'dataprime-demo.example.com is served with the certificate of other.example.com, which is not valid for this host',
    );
  });

  test('an expired certificate is reported with its date', () => {
    expect(problemOf({ ...good, validTo: new Date('2030-05-31T12:00:00Z') })?.message).toBe(
      'the certificate of dataprime-demo.example.com expired on 2030-05-31',
    );
  });
});
