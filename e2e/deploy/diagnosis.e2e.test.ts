import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { troubledImages } from '../cluster/troubled-pods.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type DeployBed, otherKey, secrets, startDeployBed } from './deployment.ts';
import { smallSystem } from './small-system.ts';
import { pods } from './snapshot.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
let bed: DeployBed;

/** The small system, with another image for one of its services. */
const withImage = (service: 'query-service' | 'frontend', image: string) =>
  bed.synth([...smallSystem, [['services', service === 'query-service' ? 0 : 1, 'image'], image]]);

beforeAll(async () => {
  // The agents' container is called so in the chart.
  bed = await startDeployBed(folder, { logsOf: ['frontend', 'collector'] });
});

afterAll(async () => {
  await bed?.stop();
  remove();
});

describe('a service that ends as soon as it starts', () => {
  const password = 'hunter2-e2e';

  test('is named with its pod, its exit status, its events and the end of its log, without secrets', async () => {
    await withImage('frontend', troubledImages.crashing);
    const connection = [`key is ${secrets.OPENAI_API_KEY}`, `ERROR: password: ${password}`, 'Error: no route to redis'];
    bed.cluster.logs.say('frontend', 'early', 'reading', 'listening', ...connection);
    const { status, output } = await bed.run(['deploy']);
    expect(output).toMatch(
      /not everything in dataprime-demo has started:\n {2}pod (frontend-\S+): frontend waits: CrashLoopBackOff, back-off 40s .* pod=\1, it ended with 1 \(Error\)\n/,
    );
    expect(output).toContain('    event BackOff: Back-off restarting failed container\n');
    expect(output.match(/log of .*/g)).toEqual([
      'log of frontend: reading',
      'log of frontend: listening',
      'log of frontend: key is ***OPENAI_API_KEY***',
      `log of frontend: ERROR: password: ${'*'.repeat(password.length)}`,
      expect.stringMatching(/^log of frontend: Error: no route to redis/),
    ]);
    expect(output).not.toContain('pod query-service');
    expect(output).not.toContain(secrets.OPENAI_API_KEY);
    expect(output).toContain('Stopped in step apply, at: Wait for the 2 workloads in dataprime-demo.');
    expect(status).toBe(3);
  });
});

describe('a service whose image no registry has', () => {
  test('is named with the image', async () => {
    await withImage('query-service', troubledImages.absent);
    const { status, output } = await bed.run(['deploy', '--only', 'apply']);
    expect(output).toMatch(
      /pod query-service-\S+: query-service waits: ImagePullBackOff, Back-off pulling image "registry.test\/absent:1"\n/,
    );
    expect(output).toContain('    event Failed: Failed to pull image: not found');
    expect(output).not.toContain('log of');
    expect(status).toBe(3);
  });
});

describe('a system that did not start', () => {
  test('runs after the next deployment when its cause is gone', async () => {
    await bed.synth(smallSystem);
    const { status, output } = await bed.run(['deploy']);
    expect(output).toContain('Deployed.');
    expect(output).toMatch(/^query-service +✓ +✓ +✓ +✓ +✓ +✓ +✓ +\? /m);
    expect(output).toContain('Nothing is broken; ');
    expect(output).toContain('Coralogix was not checked: there is no key');
    expect(status).toBe(0);
  });
});

describe('a key that Coralogix refuses', () => {
  test('is reported from the log of the agents', async () => {
    bed.cluster.logs.say(
      'collector',
      'info service started',
      'error Exporting failed. Dropping data. {"error": "rpc error: code = Unauthenticated desc = invalid private key"}',
    );
    const { status, output } = await bed.run(['deploy', '--only', 'verify']);
    expect(output).toContain('exports nothing: Coralogix does not accept the private key');
    expect(output).toContain('put the Send-Your-Data key of your team and region into the Secret');
    expect(output).toContain('The system was deployed, but a hop is broken.');
    expect(status).toBe(1);
  });

  test('is replaced by the next deployment, which restarts the agents', async () => {
    const before = await pods(bed.cluster);
    bed.cluster.logs.forget('collector');
    const { status, output } = await bed.run(['deploy'], { PRIVATE_KEY: otherKey });
    expect(output).toContain('Restart daemonset/coralogix-opentelemetry-agent in coralogix');
    expect(output).toContain('Deployed.');
    expect(status).toBe(0);
    const after = await pods(bed.cluster);
    expect([...after.keys()].filter((uid) => !before.has(uid))).toHaveLength(2);
  });
});
