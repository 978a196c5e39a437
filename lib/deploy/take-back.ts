import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from '../run/action.ts';
import type { DeployContext } from '../run/context.ts';
import { findRelease, type Release, type ReleaseName, type Revision, releaseHistory } from './release.ts';

/** Whether helm is at work on it, or was when it ended without a chance to say so. */
export const isPending = (present: Release | undefined): present is Release =>
  present?.status.startsWith('pending-') === true;

/** How long helm waits. */
export const seconds = ({ config }: DeployContext): number => config.deploy.rolloutSeconds;

/** How much longer than it was told helm may take to end. */
const graceSeconds = 30;

/** Takes back what a helm left that was ended without a chance to clean up. */
export async function takeBack(context: DeployContext, name: ReleaseName, present: Release): Promise<Action> {
  const { release, namespace } = name;
  const history = await releaseHistory(context, name);
  const args = [`--namespace=${namespace}`, `--timeout=${seconds(context)}s`];
  return {
    title: `Take back what an interrupted helm left of ${release}: ${present.status} since ${present.updated}`,
    alreadySo: () => endedByItself(context, name, present),
    commands: commandsFor(release, history).map((command) =>
      context.helm([...command, ...args], { timeoutSeconds: seconds(context) + 60 }),
    ),
  };
}

/** What is brought back need not run: the upgrade comes next. */
function commandsFor(release: string, history: readonly Revision[]): string[][] {
  const good = history.findLast(({ status }) => status === 'deployed' || status === 'superseded');
  if (good === undefined) {
    return [['uninstall', release, '--wait']];
  }
  // helm takes what an interrupted roll-back has left for what it was to bring, and would leave all that is more.
  const undone = history.at(-1)?.status === 'pending-rollback' ? history.at(-2) : undefined;
  return [undone, good].flatMap((to) => (to === undefined ? [] : [['rollback', release, to.revision]]));
}

/** A failed upgrade is pending no more for a moment, until helm begins to roll it back. */
const settledAfterLooks = 4;

/** It may still run somewhere, and would take back later what this run does now: it gets the time it was given. */
async function endedByItself(context: DeployContext, name: ReleaseName, present: Release): Promise<string | undefined> {
  let now: Release | undefined = present;
  let settled = 0;
  while (!context.signal.aborted) {
    settled = isPending(now) ? 0 : settled + 1;
    if (settled === settledAfterLooks) {
      return 'helm has ended it itself';
    }
    if (isPending(now) && Date.now() >= deadline(context, now)) {
      return undefined;
    }
    await sleep(1_000);
    now = await findRelease(context, name);
  }
  return undefined;
}

/** When a helm that is still at work would have ended. */
function deadline(context: DeployContext, { updated }: Release): number {
  // As Go prints a time: "2026-11-24 10:51:17.1 +0000 UTC".
  const since = Date.parse(updated.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d).*$/, '$1T$2$3:$4'));
  return (Number.isNaN(since) ? Date.now() : since) + (seconds(context) + graceSeconds) * 1_000;
}
