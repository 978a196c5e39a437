import { appendFileSync, chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureParts } from '../parts/ensure.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type DeployBed, startDeployBed } from './deployment.ts';
import { StandIns } from './host/stand-ins.ts';
import { smallSystem } from './small-system.ts';
import { pods, restarted } from './snapshot.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
const application = join(folder, 'application');
const dockerfile = (service: string) => join(application, 'services', service, 'Dockerfile');
let bed: DeployBed;
let standIns: StandIns;
let environment: Readonly<Record<string, string>>;

/** Docker and k3s are stand-ins on this machine, which the preflight would not take for the real ones. */
const deployed = async () => {
  const { status, output } = await bed.run(['deploy', '--skip', 'preflight'], environment);
  expect(output).toContain('Deployed.');
  expect(status).toBe(0);
  return output;
};

beforeAll(async () => {
  for (const service of ['query-service', 'frontend']) {
    mkdirSync(dirname(dockerfile(service)), { recursive: true });
    writeFileSync(dockerfile(service), `FROM scratch\nLABEL name=${service}\n`);
  }
  bed = await startDeployBed(folder);
  await bed.synth([...smallSystem, [['deploy', 'images'], { folder: application, parallel: 1 }]]);
  const host = join(folder, 'host');
  mkdirSync(host);
  standIns = new StandIns(host);
  const { PATH = '', BIN = '', STATE = '' } = standIns.environment;
  cpSync(join(host, 'stand-ins', 'k3s'), join(BIN, 'k3s'));
  chmodSync(join(BIN, 'k3s'), 0o755);
  const { kubectl, helm } = await ensureParts(['kubectl', 'helm']);
  environment = { BIN, STATE, PATH: [dirname(kubectl), dirname(helm), PATH, process.env['PATH']].join(':') };
});

afterAll(async () => {
  await bed?.stop();
  remove();
});

describe('an image of the same name', () => {
  test('that is brought before the pods start restarts none of them', async () => {
    expect(await deployed()).not.toContain('Restart ');
    expect(standIns.summary().node).toEqual(['registry.test/frontend:1', 'registry.test/query:1']);
  });

  test('that nothing has changed restarts nothing', async () => {
    const before = await pods(bed.cluster);
    expect(await deployed()).toContain('nothing in its folder has changed');
    expect(await pods(bed.cluster)).toEqual(before);
  });

  test('with another content restarts the services that run it, although no manifest has changed', async () => {
    const before = await pods(bed.cluster);
    appendFileSync(dockerfile('frontend'), 'LABEL more=1\n');
    const output = await deployed();
    expect(output).toMatch(
      /Restart deployment\/frontend in dataprime-demo, which started before registry.test\/frontend:1 changed: done/,
    );
    // The stand-in for docker takes the whole folder for the content of each image.
    expect(await restarted(bed.cluster, before)).toEqual(['frontend', 'query-service']);
  });

  test('that runs already restarts nothing more', async () => {
    const before = await pods(bed.cluster);
    expect(await deployed()).not.toContain('Restart ');
    expect(await pods(bed.cluster)).toEqual(before);
  });
});
