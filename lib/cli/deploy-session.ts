import type { DeployResult } from '../deploy/deploy.ts';
import type { Session } from '../deploy/session.ts';
import { outcomeText } from '../run/outcome.ts';
import { runError } from '../run/problems.ts';
import { report, reportText } from './printer.ts';
import { reportFailure } from './report-failure.ts';

/** Runs work in a session and closes it. After a signal the exit status is that of the signal. */
export async function inSession(session: Session, work: () => Promise<number>): Promise<number> {
  const { interrupts } = session;
  try {
    return await work();
  } catch (error) {
    if (interrupts.exitStatus === undefined) {
      throw error;
    }
    reportFailure(runError(error, interrupts));
    return interrupts.exitStatus;
  } finally {
    await session.close();
  }
}

/**
 * Reports the result of a run.
 *
 * @returns the exit status
 */
export function reportResult({ outcome, notReleased }: DeployResult, { interrupts, log }: Session): number {
  if (notReleased !== undefined) {
    reportText(`The Lease could not be released and will expire: ${notReleased}\n`);
  }
  if (!('error' in outcome)) {
    return 0;
  }
  const status = reportFailure(outcome.error);
  reportText(`${outcomeText(outcome)}\n`);
  report(`Log: ${log}`);
  return interrupts.exitStatus ?? status;
}
