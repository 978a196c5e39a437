import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { pictures, Terminal } from '../support/terminal.ts';
import { type DeployBed, startDeployBed } from './deployment.ts';

const { path: folder, remove } = temporaryFolder();
const key = 'cxtp_Typ3dTyp3dTyp3dTyp3d00';
const question = 'PRIVATE_KEY (Secret coralogix-keys in coralogix; the input is hidden): ';
let bed: DeployBed;
let terminal: Terminal;

beforeAll(async () => {
  bed = await startDeployBed(folder);
  await bed.synth();
  terminal = await Terminal.at(join(folder, 'keyboard'));
});

afterAll(async () => {
  terminal?.close();
  await bed?.stop();
  remove();
});

test('a key that nobody knows is asked for when all else is good, and does not show', async () => {
  const args = ['deploy', '--only', 'preflight', 'secrets', 'apply'];
  const { process, ended } = bed.start(args, { PRIVATE_KEY: '' }, terminal.through);
  await waitFor('the question', async () => bed.printed().includes(question) || undefined, { needs: [process] });
  expect(bed.printed()).toContain('Check everything that the steps need: done');
  const before = ['get', 'secrets', '--all-namespaces', '--output=name'];
  expect(await succeed(bed.cluster.kubectl, before)).toBe('');
  terminal.type(key);
  const { status, output } = await ended;
  expect(output).toContain('Deployed.');
  expect(status).toBe(0);
  expect(output).not.toContain(key);
  const get = ['get', 'secret', 'coralogix-keys', '--namespace=coralogix', '--output=jsonpath={.data.PRIVATE_KEY}'];
  expect(Buffer.from(await succeed(bed.cluster.kubectl, get), 'base64').toString()).toBe(key);
});

test('Ctrl-C at the question ends the run before anything was changed', async () => {
  await succeed(bed.cluster.kubectl, ['delete', 'secret', 'coralogix-keys', '--namespace=coralogix']);
  const before = bed.printed().length;
  const { process, ended } = bed.start(['deploy', '--only', 'secrets'], { PRIVATE_KEY: '' }, terminal.through);
  const asked = async () => bed.printed().slice(before).includes(question) || undefined;
  await waitFor('the question', asked, { needs: [process] });
  terminal.type('\x03');
  const { status, output } = await ended;
  expect(output).toContain('stopped by Ctrl-C');
  expect(status).toBe(130);
});

test('each thing is drawn once, with the latest that is known of it', async () => {
  const { output } = await bed.start(['deploy', '--skip', 'verify'], {}, terminal.through).ended;
  const drawn = pictures(output);
  const ofApply = drawn.filter((picture) => picture.includes('Apply the'));
  expect(ofApply.length).toBeGreaterThan(1);
  expect(ofApply.filter((picture) => picture.split('Apply the').length > 2)).toEqual([]);
  expect(output).toMatch(/Apply the \d+ objects of \S+: [1-9]\d* of \d+/);
  expect(output).toContain('Docker Compose: nothing to do');
});
