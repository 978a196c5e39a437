import { describe, expect, test } from 'vitest';
import { dockerCheck } from '../../../../lib/deploy/steps/images/docker-check.ts';
import { codes, withDeploy } from '../../preflight/answers.ts';

const images = { folder: '/opt/shop', dockerfiles: {}, parallel: 2 };
const change = withDeploy({ images });
const host = 'ubuntu@192.0.2.7';

describe('the check of Docker', () => {
  test('is content when it runs and every Dockerfile is there', async () => {
    expect(await codes(dockerCheck, { change, host })).toEqual([]);
  });

  test('an error of Docker and missing Dockerfiles are reported together', async () => {
    const answers = {
      'docker version': { fails: 'permission denied while trying to connect to unix:///var/run/docker.sock' },
      'sh -c for file': '/opt/shop/services/frontend/Dockerfile\n/opt/shop/services/query-service/Dockerfile\n',
    };
    expect(await codes(dockerCheck, { change, host, answers })).toEqual([
      'deploy/docker-denied',
      'deploy/no-dockerfile',
      'deploy/no-dockerfile',
    ]);
  });

  test('refuses a Docker that is too old to build with BuildKit', async () => {
    expect(await codes(dockerCheck, { change, host, answers: { 'docker version': '20.10.24' } })).toEqual([
      'deploy/old-docker',
    ]);
  });

  test('says nothing when the host was not reached', async () => {
    const answers = { 'sudo -n true': { fails: 'Connection refused', status: 255 } };
    expect(await codes(dockerCheck, { change, host, answers })).toEqual([]);
  });
});
