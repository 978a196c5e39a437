import type { DeployResult } from '../deploy/deploy.ts';
import type { Session } from '../deploy/session.ts';
import { outcomeText } from '../run/outcome.ts';
import { failureOf } from '../run/problems.ts';
import { report, reportText } from './printer.ts';
import { reportFailure } from './report-failure.ts';

/** Does something in a session and closes it. When a signal has ended it, the exit status says so. */
export async function inSession(session: Session, work: () => Promise<number>): Promise<number> {
  const { interrupts } = session;
  try {
    return await work();
  } catch (error) {
    if (interrupts.exitStatus === undefined) {
      throw error;
    }
    reportFailure(failureOf(error, interrupts));
    return interrupts.exitStatus;
  } finally {
    await session.close();
  }
}

/**
 * Tells where a run came to.
 *
 * @returns the exit status
 */
export function reportResult({ outcome, notReleased }: DeployResult, { interrupts, log }: Session): number {
  if (notReleased !== undefined) {
    reportText(`The Lease could not be given back and expires by itself: ${notReleased}\n`);
  }
  if (!('error' in outcome)) {
    return 0;
  }
  const status = reportFailure(outcome.error);
  reportText(`${outcomeText(outcome)}\n`);
  report(`Log: ${log}`);
  return interrupts.exitStatus ?? status;
}
