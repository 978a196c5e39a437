import { describe, expect, test } from 'vitest';
import { hostCheck } from '../../../lib/deploy/preflight/prerequisites.ts';
import { bed, codes, withDeploy } from './answers.ts';

const k3s = { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' };
const change = withDeploy({ k3s });
const host = 'ubuntu@192.0.2.7';

describe('the check of the host', () => {
  test('is content when podhost gets in and may become root', async () => {
    expect(await codes(hostCheck, { change, host })).toEqual([]);
  });

  test('says how to install a missing ssh', async () => {
    const answers = { 'ssh -V': { fails: 'ssh is not installed, or not on the PATH' } };
    expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/no-ssh']);
  });

  test('tells why ssh does not get in', async () => {
    const answers = { 'sudo -n true': { fails: 'Host key verification failed.', status: 255 } };
    expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/unknown-host-key']);
  });

  test('tells when a password would be asked for', async () => {
    const answers = { 'sudo -n true': { fails: 'sudo: a password is required' } };
    expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/no-sudo']);
  });

  test('needs no ssh when the host is this machine', async () => {
    const { inquiry, runner } = bed({ change });
    await inquiry.result(hostCheck);
    expect(runner.lines).toEqual(['sudo -n true']);
  });

  test('is not needed when nothing is done there', () => {
    expect(hostCheck.isNeeded(bed({ host }).inquiry.scope)).toBe(false);
  });
});
