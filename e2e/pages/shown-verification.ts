import { broken, type HopCheck, inTransition, proven, unchecked } from '../../lib/verify/check.ts';
import { type HopId, hops } from '../../lib/verify/hop.ts';
import { headlineOf, rowOf } from '../../lib/verify/verdict.ts';
import type { Verification } from '../../lib/verify/verification.ts';

const shown: readonly HopId[] = ['manifest', 'rollout', 'collector', 'spans'];
const asked = hops.filter(({ id }) => shown.includes(id));

const holds = proven('manifest/path', 'every span leads to Coralogix');

const crash = broken('collector/ready', 'DaemonSet coralogix/agent: crash loop', {
  remedy: 'remove service.version from the dimensions',
  place: { file: 'values.yaml', line: 12, column: 7 },
  evidence: [{ message: 'pod agent-x: 7 restarts' }],
});

const subjects: readonly (readonly [name: string, checks: readonly HopCheck[]])[] = [
  ['api', [crash, broken('spans/found', 'it has no spans')]],
  ['web', [holds, inTransition('rollout/complete', '1 of 2 pods'), unchecked('spans/query', 'there is no key')]],
  ['job', [holds]],
];

/** A result with a cell of every status. */
export function shownVerification(): Verification {
  const rows = subjects.map(([name, checks]) =>
    rowOf({ name, isSystem: false, workload: `Deployment shop/${name}`, checks }, asked),
  );
  return {
    time: '2026-01-01T00:00:00.000Z',
    sources: [{ name: 'files', description: 'dist (8 files)' }],
    hops: asked,
    rows,
    headline: headlineOf(rows),
  };
}
