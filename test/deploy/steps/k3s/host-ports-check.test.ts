import { describe, expect, test } from 'vitest';
import { hostPortsCheck } from '../../../../lib/deploy/steps/k3s/host-ports-check.ts';
import { findings, withDeploy } from '../../preflight/answers.ts';

const listening = (port: number, program: string) =>
  `LISTEN 0 511 0.0.0.0:${port} 0.0.0.0:* users:(("${program}",pid=812,fd=6))`;
const k3s = { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' };
const change = withDeploy({ k3s });

const messages = async (...lines: string[]) => {
  const { problems = [] } = await findings(hostPortsCheck, {
    change,
    answers: { 'sh -c sudo -n ss': lines.join('\n') },
  });
  return problems.map(({ message }) => message);
};

describe('the check of the ports of the host', () => {
  test('names the program that holds one, once for both families', async () => {
    const v6 = 'LISTEN 0 511 [::]:80 [::]:* users:(("nginx",pid=812,fd=7))';
    expect(await messages(listening(80, 'nginx'), v6, listening(22, 'sshd'))).toEqual([
      'nginx (process 812) listens on port 80 of this machine, which is needed for Traefik, http',
    ]);
  });

  test('an unknown process on a needed port is reported with how to find it', async () => {
    const { problems = [] } = await findings(hostPortsCheck, {
      change,
      answers: { 'sh -c sudo -n ss': 'LISTEN 0 128 *:4317 *:*' },
    });
    expect(problems[0]).toMatchObject({
      message: 'another program listens on port 4317 of this machine, which is needed for the agent, OTLP over gRPC',
      suggestion: "on this machine, find the process: sudo ss -ltnp 'sport = :4317'",
    });
  });

  test('leaves alone what k3s and the agent listen on themselves', async () => {
    expect(await messages(listening(10250, 'k3s-server'), listening(4317, 'otelcol-contrib'))).toEqual([]);
  });

  test('is content with the Docker Compose project that a step stops', async () => {
    const { problems, notes } = await findings(hostPortsCheck, {
      change: withDeploy({ k3s, compose: { project: 'shop' } }),
      answers: {
        'sh -c sudo -n ss': [listening(80, 'docker-proxy'), listening(443, 'docker-proxy')].join('\n'),
        'sh -c command -v docker': JSON.stringify({ Names: 'web', Ports: '0.0.0.0:80->8020/tcp', Networks: 'shop' }),
      },
    });
    expect(problems?.map(({ message }) => message)).toEqual([
      'docker-proxy (process 812) listens on port 443 of this machine, which is needed for Traefik, https',
    ]);
    expect(notes).toEqual(['the Docker Compose project shop uses 80; the step compose stops it']);
  });
});
