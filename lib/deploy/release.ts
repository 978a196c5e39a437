import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { readJson, readText } from '../run/kube/read.ts';

/** Where a release is installed. */
export interface ReleaseName {
  readonly release: string;
  readonly namespace: string;
}

/** What helm has installed under a name. */
export interface Release {
  /** Chart and version, e.g. `otel-integration-0.0.331`. */
  readonly chart: string;
  readonly status: string;
  readonly revision: string;
  /** When it was changed last, as helm writes it. */
  readonly updated: string;
}

const listed = z.array(
  z.object({
    name: z.string(),
    chart: z.string(),
    status: z.string(),
    revision: z.coerce.string(),
    updated: z.string(),
  }),
);

/** The release; undefined when there is none. */
export async function findRelease(context: DeployContext, name: ReleaseName): Promise<Release | undefined> {
  const query = ['list', '--all', `--namespace=${name.namespace}`, `--filter=^${name.release}$`, '--output=json'];
  const [release] = await readJson(context, context.helm(query), listed);
  return release;
}

/** Whether the release was given exactly these values. */
export async function hasValues(
  context: DeployContext,
  { release, namespace }: ReleaseName,
  values: unknown,
): Promise<boolean> {
  const query = context.helm(['get', 'values', release, `--namespace=${namespace}`, '--output=json']);
  return isDeepStrictEqual(await readJson(context, query, z.unknown()), values);
}

/** One change of a release. */
export interface Revision {
  readonly revision: string;
  readonly status: string;
}

/** What has become of a release, the oldest first. */
export function releaseHistory(context: DeployContext, { release, namespace }: ReleaseName): Promise<Revision[]> {
  const query = context.helm(['history', release, `--namespace=${namespace}`, '--output=json']);
  return readJson(context, query, z.array(z.object({ revision: z.coerce.string(), status: z.string() })));
}

/** The flag with which a failed upgrade is taken back: helm 4 calls it otherwise. */
export async function rollbackFlag(context: DeployContext): Promise<string> {
  const version = await readText(context, context.helm(['version', '--short']));
  const [, major = '3'] = /v(\d+)\./.exec(version) ?? [];
  return Number(major) >= 4 ? '--rollback-on-failure' : '--atomic';
}
