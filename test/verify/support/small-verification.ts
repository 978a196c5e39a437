import { broken, proven } from '../../../lib/verify/check.ts';
import { hops } from '../../../lib/verify/hop.ts';
import { headlineOf, rowOf } from '../../../lib/verify/verdict.ts';
import type { Verification } from '../../../lib/verify/verification.ts';

/** A result in which a name stands wherever one of others may stand. */
export function verificationOf(name: string): Verification {
  const checks = [
    proven('manifest/path', 'holds'),
    broken('applied/objects', `${name} is not there`, {
      remedy: `run: kubectl apply -f ${name}`,
      place: { file: name, line: 1, column: 1 },
      evidence: [{ message: name }],
    }),
  ];
  const rows = [rowOf({ name, isSystem: false, workload: name, checks }, hops)];
  return {
    time: '2026-01-01T00:00:00.000Z',
    sources: [{ name, description: name }],
    hops,
    rows,
    headline: headlineOf(rows),
  };
}
