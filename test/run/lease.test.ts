import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../lib/run/command/command.ts';
import { Lease } from '../../lib/run/lease.ts';
import { thisProcess } from '../../lib/run/lease-store.ts';
import { type Answer, failed, RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

const written = z.object({
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string().optional() }),
  spec: z.record(z.string(), z.unknown()),
});

/** A server that keeps one Lease and its resource version, as the real one does. */
class LeaseServer {
  lease: z.output<typeof written> | undefined;
  version = 0;
  down = false;
  readonly runner = new RecordingRunner({
    'kubectl get lease': () => this.answer(() => (this.lease === undefined ? '' : JSON.stringify(this.lease))),
    'kubectl create': (command) =>
      this.answer(() => (this.lease === undefined ? this.store(command) : failed('Error (AlreadyExists): leases'))),
    'kubectl replace': (command) =>
      this.answer(() =>
        this.lease?.metadata.resourceVersion === objectOf(command).metadata.resourceVersion
          ? this.store(command)
          : failed('Error (Conflict): the object has been modified'),
      ),
  });

  private answer(given: () => Answer): Answer {
    return this.down ? failed('connection refused') : given();
  }

  private store(command: Command): string {
    const { metadata, spec } = objectOf(command);
    this.version += 1;
    this.lease = { metadata: { ...metadata, resourceVersion: `${this.version}` }, spec };
    return JSON.stringify(this.lease);
  }
}

const objectOf = ({ input }: Command) =>
  written.parse(JSON.parse(input !== undefined && 'text' in input ? input.text : ''));

const holder = (identity: string, ended: readonly string[] = []) => ({
  identity,
  hasEnded: (other: string) => ended.includes(other),
});

function leaseOf(server: LeaseServer, identity: string, ended: readonly string[] = [], onLost = () => {}) {
  return new Lease(testContext({ runner: server.runner }), {
    holder: holder(identity, ended),
    onLost,
    durationSeconds: 0.3,
  });
}

describe('a Lease', () => {
  test('is taken, and given back without a holder', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    expect(server.lease).toMatchObject({ metadata: { name: 'podhost-shop' }, spec: { holderIdentity: 'one' } });
    expect(await lease.release()).toBeUndefined();
    expect(server.lease?.spec).toEqual({});
    await leaseOf(server, 'two').acquire();
  });

  test('a Lease of 60 s is renewed every 20 s until it is released', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const server = new LeaseServer();
    const lease = new Lease(testContext({ runner: server.runner }), { holder: holder('one'), onLost: () => {} });
    const renewals = () => server.runner.lines.filter((line) => line.includes('kubectl replace')).length;
    await lease.acquire();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(renewals()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(renewals()).toBe(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(renewals()).toBe(2);
    await lease.release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(renewals()).toBe(3);
  });

  test('is refused to others while it is renewed, however slow its holder is', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    // Longer than the second for which it holds without a renewal.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await expect(leaseOf(server, 'two').acquire()).rejects.toThrow(/another run works on this system: one, since 20/);
    await lease.release();
  });

  test('goes to one of those who want it at the same time', async () => {
    const server = new LeaseServer();
    const leases = ['one', 'two', 'three'].map((identity) => leaseOf(server, identity));
    const results = await Promise.allSettled(leases.map((lease) => lease.acquire()));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(leases.filter(({ isHeld }) => isHeld)).toHaveLength(1);
    await Promise.all(leases.map((lease) => lease.release()));
  });

  test('an expired Lease that is not renewed is taken over, and its holder notices', async () => {
    const server = new LeaseServer();
    const lost = vi.fn();
    const first = leaseOf(server, 'one', [], lost);
    await first.acquire();
    server.lease = {
      metadata: server.lease?.metadata ?? { name: '' },
      spec: { ...server.lease?.spec, renewTime: '2020-01-01T00:00:00.000000Z' },
    };
    const second = leaseOf(server, 'two', ['one']);
    await second.acquire();
    await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect([first.isHeld, second.isHeld]).toEqual([false, true]);
    await second.release();
  });

  test('of a process of this machine that has ended is taken over at once', async () => {
    const server = new LeaseServer();
    await leaseOf(server, 'dead').acquire();
    const lease = leaseOf(server, 'two', ['dead']);
    await lease.acquire();
    expect(lease.isHeld).toBe(true);
    await lease.release();
  });

  test('is given back also when the answer to its last renewal was lost', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    server.lease = {
      metadata: { name: 'podhost-shop', resourceVersion: 'renewed' },
      spec: server.lease?.spec ?? {},
    };
    expect(await lease.release()).toBeUndefined();
    expect(server.lease.spec).toEqual({});
  });

  test('that another run has taken over is left to it', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    const spec = { holderIdentity: 'two' };
    server.lease = { metadata: { name: 'podhost-shop', resourceVersion: 'taken' }, spec };
    expect(await lease.release()).toBe('another run has taken the Lease over');
    expect(server.lease.spec).toEqual(spec);
  });

  test('whose holder may be at work is not taken when the wait for it is cut short', async () => {
    const server = new LeaseServer();
    const first = leaseOf(server, 'slow clock');
    await first.acquire();
    const metadata = server.lease?.metadata ?? { name: '' };
    server.lease = { metadata, spec: { ...server.lease?.spec, renewTime: '2020-01-01T00:00:00.000000Z' } };
    const { runner } = server;
    const second = new Lease(testContext({ runner, signal: AbortSignal.abort('Ctrl-C') }), {
      ...{ holder: holder('two'), onLost: () => {} },
    });
    await expect(second.acquire()).rejects.toThrow('stopped by Ctrl-C');
    expect(server.lease.spec['holderIdentity']).toBe('slow clock');
    await first.release();
  });

  test('that cannot be given back says why', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    server.down = true;
    expect(await lease.release()).toContain('connection refused');
  });

  test('is kept while the server does not answer for a while', async () => {
    const server = new LeaseServer();
    const lease = leaseOf(server, 'one');
    await lease.acquire();
    server.down = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
    server.down = false;
    await vi.waitFor(() => expect(server.version).toBeGreaterThan(1), { timeout: 10_000 });
    expect(lease.isHeld).toBe(true);
    await lease.release();
  });
});

describe('this process', () => {
  const { identity, hasEnded } = thisProcess();

  test('has not ended, and one with another start has', () => {
    expect(hasEnded(identity)).toBe(false);
    expect(hasEnded(identity.replace(/since .*/, 'since 1'))).toBe(true);
    expect(hasEnded(identity.replace(/process \d+/, 'process 4194999'))).toBe(true);
  });

  test('knows nothing of those of other machines', () => {
    expect(hasEnded(identity.replace(/ on \S+/, ' on elsewhere'))).toBe(false);
    expect(hasEnded('somebody')).toBe(false);
  });
});
