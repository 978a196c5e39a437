import { describe, expect, test } from 'vitest';
import { composeStep } from '../../../../lib/deploy/steps/compose/step.ts';
import { publishedPorts } from '../../../../lib/provision/compose.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const container = (name: string, ports: string, network = 'shop_default') =>
  JSON.stringify({ Names: name, Ports: ports, Networks: network });

const started = async (containers: readonly string[], answer = true) => {
  const questions: string[] = [];
  const runner = new RecordingRunner({ "sh -c 'command -v docker": containers.join('\n') });
  const context = testContext({ runner, deploy: { compose: { project: 'old' } } });
  const confirm = async (question: string) => questions.push(question) > 0 && answer;
  const [ask, stop] = await composeStep.actions({ ...context, confirm });
  return { ask, stop, questions };
};

const web = container('old-web-1', '0.0.0.0:80->8020/tcp, [::]:80->8020/tcp');
const database = container('old-db-1', '5432/tcp');

describe('the old stack', () => {
  test('the step compose does nothing when it is not configured', async () => {
    expect(await composeStep.actions(testContext({ runner: new RecordingRunner() }))).toEqual([]);
  });

  test.each([
    ['no container of it runs', []],
    ['its 1 containers use no needed port', [database]],
  ])('is left alone when %s', async (reason, containers) => {
    const { ask, stop } = await started(containers);
    expect(await ask?.upToDate?.()).toBe(reason);
    expect(await stop?.upToDate?.()).toBe(reason);
  });

  test('is stopped after a question, with its volumes, and started when that fails', async () => {
    const { ask, stop, questions } = await started([web, database]);
    expect(await stop?.upToDate?.()).toBeUndefined();
    expect(questions, 'looking asks nothing').toEqual([]);
    await ask?.verify?.();
    expect(questions).toEqual([expect.stringContaining('Stop the 2 containers of the Docker Compose project old?')]);
    expect(stop?.commands.map((command) => shellLine(command))).toEqual(['docker compose --project-name old stop']);
    expect(stop?.rollback?.map((command) => shellLine(command))).toEqual(['docker compose --project-name old start']);
  });

  test('counts when it shares the network of the host', async () => {
    const { ask, questions } = await started([container('old-proxy-1', '', 'host')]);
    await ask?.verify?.();
    expect(questions[0]).toContain('old-proxy-1 uses the host network');
  });

  test('is not stopped without a yes', async () => {
    const { ask } = await started([web], false);
    await expect(ask?.verify?.()).rejects.toMatchObject({ code: 'deploy/compose-runs' });
  });

  test('containers that Docker restarts with the host are reported', async () => {
    let looks = 0;
    const runner = new RecordingRunner({
      "sh -c 'command -v docker": () => {
        looks += 1;
        return looks === 1 ? [web, database].join('\n') : '';
      },
      'docker inspect': 'always\nno\n',
    });
    const notes: string[] = [];
    const context = testContext({ runner, deploy: { compose: { project: 'old' } } });
    const [, stop] = await composeStep.actions({ ...context, report: (note) => notes.push(note) });
    await stop?.verify?.();
    expect(notes).toEqual([expect.stringMatching(/docker update --restart=unless-stopped old-web-1$/)]);
  });

  test('must be gone afterwards', async () => {
    const { stop } = await started([web]);
    await expect(stop?.verify?.()).rejects.toMatchObject({ message: expect.stringContaining('old-web-1') });
  });
});

test('published ports are distinguished from container ports', () => {
  expect(
    publishedPorts('0.0.0.0:80->8020/tcp, [::]:80->8020/tcp, 127.0.0.1:3000-3002->3000-3002/udp, 5432/tcp'),
  ).toEqual([80, 3000, 3001, 3002]);
});
