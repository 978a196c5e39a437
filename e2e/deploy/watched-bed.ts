import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { clusterParts } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { ensureParts } from '../parts/ensure.ts';
import type { ConfigChange } from '../support/system-config.ts';
import type { Calls, HeldCall } from './calls/calls.ts';
import { watchTools } from './calls/watched-tools.ts';
import { type DeployBed, type Ended, type Running, startDeployBed } from './deployment.ts';
import { smallSystem } from './small-system.ts';
import { contents } from './snapshot.ts';

const lease = z.object({ spec: z.object({ holderIdentity: z.string().optional() }) });

/** What a run prints last when it has reached its end. */
export const success = /Deployed\.|Nothing was deployed: /;

type Environment = Readonly<Record<string, string>>;

/** A small system that is deployed, and tools of which any call can be held or have failed. */
export interface WatchedBed {
  readonly bed: DeployBed;
  readonly calls: Calls;
  start(args: readonly string[], environment?: Environment, through?: readonly string[]): Running;
  /** Starts the command, and returns when it waits for a call of the pattern. */
  startUntil(call: string, args: readonly string[], more?: HoldOptions): Promise<Running & { readonly held: HeldCall }>;
  /** Runs steps to their end, after which the cluster is as the first deployment has left it. */
  complete(...steps: readonly string[]): Promise<Ended>;
  /** Writes other manifests; without a change, those that are deployed. */
  synth(change?: ConfigChange): Promise<void>;
  kubectl(...args: readonly string[]): Promise<string>;
  create(...objects: readonly object[]): Promise<string>;
  /** Who holds the Lease; undefined when it was given back. */
  leaseHolder(): Promise<string | undefined>;
  /** Fails when a process of a run is left, by its first words. */
  expectNothingRuns(): Promise<void>;
}

export interface HoldOptions {
  readonly isDeaf?: boolean;
  readonly environment?: Environment;
  /** Program that starts the command. */
  readonly through?: readonly string[];
}

export async function startWatchedBed(folder: string): Promise<WatchedBed> {
  const bed = await startDeployBed(folder);
  const { kubectl, helm } = await ensureParts([...clusterParts, 'helm']);
  const { bin, calls } = watchTools(folder, [kubectl, helm]);
  const mark = { PODHOST_E2E_RUN: folder };
  const own = { PATH: [bin, dirname(kubectl), process.env['PATH']].join(':'), ...mark };
  const synth = (change: ConfigChange = []) => bed.synth([...smallSystem, ...change]);
  const start: WatchedBed['start'] = (args, environment = {}, through = []) =>
    bed.start(args, { ...own, ...environment }, through);
  await synth();
  expect((await start(['deploy']).ended).output).toContain('Deployed.');
  const complete = await contents(bed.cluster);
  return {
    bed,
    calls,
    start,
    async startUntil(call, args, { isDeaf = false, environment, through } = {}) {
      const held = calls.hold(call, { isDeaf });
      const running = start(args, environment, through);
      await waitFor(call, async () => held.isWaiting() || undefined, { needs: [running.process] });
      return { ...running, held };
    },
    async complete(...steps) {
      const ended = await start(['deploy', ...(steps.length > 0 ? ['--only', ...steps] : [])]).ended;
      expect(ended).toEqual({ status: 0, output: expect.stringMatching(success) });
      expect(await contents(bed.cluster)).toEqual(complete);
      return ended;
    },
    synth,
    kubectl: (...args) => succeed(bed.cluster.kubectl, args),
    create: (...objects) =>
      succeed(bed.cluster.kubectl, ['apply', '--server-side', '--filename=-'], {
        input: objects.map((it) => JSON.stringify(it)).join('\n---\n'),
      }),
    async leaseHolder() {
      const query = ['get', 'lease', 'podhost-dataprime-demo', '--namespace=default'];
      return (await bed.cluster.kubectlJson(query, lease)).spec.holderIdentity;
    },
    async expectNothingRuns() {
      const none = async () => {
        const left = processesWith(`PODHOST_E2E_RUN=${folder}`);
        if (left.length > 0) throw new Error(left.join(', '));
        return true;
      };
      // What is not ended by the run stays for longer: that is insisted on after half a minute.
      await waitFor('the end of what the run has started', none, { deadlineMilliseconds: 15_000 });
    },
  };
}

/** Processes that have something in their environment, by their first words. */
function processesWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => textOf(`/proc/${pid}/environ`).includes(mark))
    .map((pid) => textOf(`/proc/${pid}/cmdline`).split('\0').slice(0, 4).join(' '));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
