import { expect, test } from 'vitest';
import { errorInLog, rejectedKeyInLog } from '../../../lib/verify/cluster/collector-log.ts';

test.each<[log: string, message: string, remedy: RegExp]>([
  [
    'Error: invalid configuration: connectors::spanmetrics: failed validating dimensions: duplicate dimension name service.version',
    'duplicate dimension service.version',
    /^remove service.version from/,
  ],
  [
    'Error: invalid configuration: service::pipelines::traces: references processor "batch" which is not configured',
    'a pipeline names processor batch, which is not configured',
    /^configure processor batch/,
  ],
  [
    'Error: failed to build pipelines: connector "spanmetrics" used as exporter in [traces] pipeline but not used in any supported receiver pipeline',
    'connector spanmetrics of pipeline traces has no other end',
    /^name connector spanmetrics in a pipeline as receiver/,
  ],
  [
    `Error: failed to get config: 'exporters' unknown type: "coralogix" for id: "coralogix" (valid values: [otlp])`,
    'this distribution has no component coralogix',
    /distribution/,
  ],
  [
    `error decoding 'processors': 'batch' has invalid keys: send_size`,
    'its configuration has unknown keys: send_size',
    /^remove send_size/,
  ],
  [
    String.raw`{"level":"error","msg":"Failed to watch","error":"pods is forbidden: User \"system:serviceaccount:coralogix:agent\" cannot list resource \"pods\" in API group \"\" at the cluster scope"}`,
    'ServiceAccount coralogix/agent has no permission to list pods',
    /ClusterRole that is bound to ServiceAccount agent/,
  ],
  [
    'error	listen tcp 10.0.0.1:4317: bind: address already in use',
    'a port that it listens on is already in use on its node',
    /stop what else listens/,
  ],
  [
    '{"level":"error","error":"rpc error: code = Unauthenticated desc = bad"}',
    'Coralogix does not accept the private key',
    /Send-Your-Data key/,
  ],
  [
    '{"level":"warn","error":"dial tcp: lookup ingress.eu9.coralogix.com: no such host"}',
    'the name ingress.eu9.coralogix.com cannot be resolved',
    /compare ingress.eu9/,
  ],
])('%s', (log, message, remedy) => {
  const found = errorInLog(`info\tstarting\n${log}\ninfo\tstopped\n`);
  expect([found?.message, found?.remedy]).toEqual([message, expect.stringMatching(remedy)]);
});

test('a log without complaints has no error, and an unknown error is shown as it is', () => {
  expect(errorInLog('info\tEverything is ready.\n')).toBeUndefined();
  expect(errorInLog('2026-01-01\terror\tthe moon is down\u001b[31m\n')?.message).toBe(
    '2026-01-01\\terror\\tthe moon is down\\u001b[31m',
  );
});

test('a log shows a rejected key apart from errors that may have ended', () => {
  const refused = 'error\tdial tcp 203.0.113.7:443: connect: connection refused\n';
  expect(rejectedKeyInLog(refused)).toBeUndefined();
  expect(rejectedKeyInLog(`${refused}error\trpc error: code = Unauthenticated desc = invalid\n`)?.message).toBe(
    'Coralogix does not accept the private key',
  );
});
