import { setTimeout as sleep } from 'node:timers/promises';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Action } from '../action.ts';
import { ifReachable } from '../cluster/if-reachable.ts';
import type { DeployContext } from '../deploy-context.ts';

/** How long controllers may lag behind what they are told. */
const patienceMilliseconds = 15_000;

/** An action that only looks. What it looks at may become so in a moment. */
export function check(context: DeployContext, title: string, look: () => Promise<string>): Action {
  return {
    title,
    alreadySo: () => ifReachable(look),
    afterOthers: true,
    commands: [],
    prove: () => eventually(context, look),
  };
}

async function eventually({ signal }: DeployContext, look: () => Promise<string>): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      await look();
      return;
    } catch (error) {
      if (!(error instanceof PodhostError) || signal.aborted || performance.now() > deadline) {
        throw error;
      }
    }
    await sleep(500);
  }
}

/** What a look has found to be otherwise. */
export const found = (code: string, message: string, suggestion: string): PodhostError =>
  new PodhostError([{ code: `deploy/${code}`, message, suggestion }], 3);
