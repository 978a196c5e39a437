import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

test('podhost collectors describes the collectors of the committed output', async () => {
  const { status, stdout, stderr } = await capturedRun('collectors', 'dist');
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(/^otel-integration 0\.0\.331 is (read|rendered) by .*\n$/),
  ]);
  expect(stdout).toContain('Services: coralogix-opentelemetry.coralogix (Local): 4317, 4318');
  expect(stdout).toMatch(/sends traces on to: the gateway of .*coralogix-infra-values\.yaml/);
});

test('podhost collectors merges several files of values, as helm does', async () => {
  const folder = temporaryFolder();
  const files = {
    'base.yaml': 'opentelemetry-agent: { presets: { spanMetrics: { enabled: true } } }\n',
    'prod.yaml': 'opentelemetry-agent: { presets: { spanMetrics: { enabled: false } } }\n',
  };
  const [base = '', prod = ''] = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
  const { stdout } = await capturedRun('collectors', folder, '--values', base, '--values', prod, '--format', 'json');
  const agents = JSON.parse(stdout).collectors.filter(({ tier }: { readonly tier: string }) => tier === 'agent');
  expect(agents).toMatchObject([{ spanMetrics: [] }]);
});

test('podhost collectors draws a diagram, and refuses an unknown format', async () => {
  expect((await capturedRun('collectors', 'dist', '--format', 'mermaid')).stdout).toMatch(
    /^```mermaid\nflowchart LR\n/,
  );
  expect((await capturedRun('collectors', 'dist', '--format', 'xml')).status).toBe(2);
});

test('commands that read values ask helm for the chart that is named, and refuse a folder that holds none', async () => {
  const commands = [['lint'], ['explain', 'api-gateway'], ['forecast'], ['collectors'], ['verify', '--no-cluster']];
  for (const command of commands) {
    const { status, stdout } = await capturedRun(...command, '--chart', 'test');
    expect([command[0], status, stdout]).toEqual([
      command[0],
      2,
      expect.stringContaining('test is no chart: it has no Chart.yaml'),
    ]);
  }
});

test('podhost collectors takes the namespace of objects that name none from its option, and names what was not read', async () => {
  const folder = temporaryFolder();
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 1 }] }\n';
  writeFileSync(join(folder, 'a.yaml'), service);
  writeFileSync(join(folder, 'b.yaml'), 'a: b: c\n');
  const { stderr } = await capturedRun('collectors', folder, '--namespace', 'shop');
  expect(stderr).toContain('b.yaml:1: not read');
});
