import { PodhostError } from '../../../lib/problems/podhost-error.ts';
import type { Action } from '../../../lib/run/step.ts';

/** Why it is up to date, or what stands against it. Nobody waits whose run was stopped. */
export async function said(action: Action): Promise<string> {
  const reason = await action.upToDate?.();
  if (reason !== undefined) {
    return reason;
  }
  try {
    await action.verify?.();
    return 'it has become so';
  } catch (error) {
    if (error instanceof PodhostError) {
      return error.problems.map(({ message, suggestion }) => `${message}, ${suggestion}`).join('\n');
    }
    throw error;
  }
}
