import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { ensureLanguages, type Language, languages } from '../support/languages.ts';
import { Bed } from './bed.ts';
import { figures } from './figures.ts';
import { senderOf } from './findings/sender.ts';
import { spanFindings } from './findings/span-findings.ts';
import type { Pod } from './pods.ts';

const spans = 200;
let bed: Bed;
let pods: readonly Pod[];
let commands: Readonly<Record<Language, readonly string[]>>;

beforeAll(async () => {
  commands = await ensureLanguages();
  bed = await Bed.start();
  await bed.startAgents();
  pods = await bed.servicePods();
});

afterAll(() => bed?.stop());

/** What `protocol: http/protobuf` of a service changes in its environment. */
const byHttp = (env: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([
    ...env,
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', (env.get('OTEL_EXPORTER_OTLP_ENDPOINT') ?? '').replace(':4317', ':4318')],
  ]);

const asGiven = (env: ReadonlyMap<string, string>): ReadonlyMap<string, string> => env;

const ways = languages.flatMap((language, index) => [
  { language, protocol: 'grpc', change: asGiven, index },
  { language, protocol: 'http/protobuf', change: byHttp, index },
]);

test.each(ways)('brings every span of the $language by $protocol with what its pod is', async (way) => {
  const { language, protocol, change, index } = way;
  const pod = pods[index % pods.length];
  if (pod === undefined) throw new Error('the system has no service');
  const run = `${language}, ${protocol}`;
  await bed.runInPod(pod, [...commands[language], run, pod.metadata.uid, String(spans)], change);
  const arrived = async () => (await bed.sink.count(run)).unique >= spans || undefined;
  await waitFor(`the spans of the ${run}`, arrived, { deadlineMilliseconds: 60_000 }).catch(() => {});

  const received = await bed.sink.spans(run);
  expect(spanFindings([await senderOf(bed.kubectl, pod, spans)], received)).toEqual([]);
  const resources = new Set(received.map(({ resource }) => resource['telemetry.sdk.language']));
  figures(run, { sent: spans, arrived: (await bed.sink.count(run)).arrived, language: [...resources].join() });
});
