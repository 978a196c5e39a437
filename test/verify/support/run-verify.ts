import { vi } from 'vitest';
import type { z } from 'zod';
import { verificationSchema } from '../../../lib/verify/output/json.ts';
import { type CapturedRun, capturedRun } from '../../cli/captured-run.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { type CoralogixBehaviour, type FakeCoralogix, fakeCoralogix, testKey } from './fake-coralogix.ts';
import { type Behaviour, type FakeKubernetes, fakeKubernetes } from './fake-kubernetes.ts';
import { clusterOf, type TestSystem } from './healthy-system.ts';

export type Printed = z.output<typeof verificationSchema>;

export interface VerifyRun extends CapturedRun {
  /** What `--format json` prints. */
  readonly printed: Printed;
  readonly kubernetes: FakeKubernetes;
  readonly coralogix: FakeCoralogix;
}

export interface RunVerifyProps {
  readonly args?: readonly string[];
  readonly kubernetes?: Behaviour;
  readonly coralogix?: CoralogixBehaviour;
  readonly key?: string;
}

/** Runs `podhost verify` as a user does, on stand-ins for the API server and for Coralogix. */
export async function startVerify(system: TestSystem, props: RunVerifyProps = {}) {
  const kubernetes = await fakeKubernetes(clusterOf(system), props.kubernetes);
  const coralogix = await fakeCoralogix({
    spans: system.spans,
    series: system.series,
    catalogue: system.catalogue,
    ...(props.coralogix === undefined ? {} : { behaviour: props.coralogix }),
  });
  const folder = temporaryFolder();
  writeFiles(folder, system.files);
  vi.stubEnv('KUBECONFIG', kubernetes.kubeconfig);
  vi.stubEnv('CORALOGIX_API_KEY', props.key ?? testKey);
  const run = (...args: readonly string[]): Promise<CapturedRun> =>
    capturedRun('verify', folder, '--api-host', coralogix.url, ...(props.args ?? []), ...args);
  return { kubernetes, coralogix, folder, run };
}

export async function runVerify(system: TestSystem, props: RunVerifyProps = {}): Promise<VerifyRun> {
  const { kubernetes, coralogix, run } = await startVerify(system, props);
  const result = await run('--format', 'json');
  const printed = verificationSchema.parse(JSON.parse(result.stdout));
  return { ...result, printed, kubernetes, coralogix };
}
