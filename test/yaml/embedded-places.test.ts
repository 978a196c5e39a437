import { describe, expect, test } from 'vitest';
import { modelOf } from '../model/support/model-of.ts';

const daemonSet = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    spec:
      volumes: [{ name: config, configMap: { name: relay } }]
`;

const config = `receivers:
  otlp: { protocols: { grpc: {} } }
exporters: { debug: {} }
service:
  pipelines:
    traces: { receivers: [otlp], exporters: [debug] }`;

const indented = (text: string, columns: number) => text.replaceAll(/^/gm, ' '.repeat(columns));

function exporterPlace(configMap: string): string | undefined {
  const [collector] = modelOf(configMap + daemonSet).collectors;
  const place = collector?.place(['exporters', 'debug']);
  return place && `${place.line}:${place.column}`;
}

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: relay }\ndata:\n${data}\n`;

describe('a configuration in a ConfigMap', () => {
  test.each([2, 4, 7])('keeps its places in a literal block that is indented by %d', (columns) => {
    expect(exporterPlace(configMap(`  relay: |\n${indented(config, columns + 2)}`))).toBe(`8:${23 + columns}`);
  });

  test.each([
    ['a comment behind the indicator', '  relay: | # see the docs\n', 8],
    ['an indicator that says more', '  relay: |2-\n', 8],
    ['empty lines before it', '  relay: |\n\n\n', 10],
    ['another key before it', '  other: |\n    # pipelines: none\n  relay: |\n', 10],
  ])('keeps its places with %s', (_, before, line) => {
    expect(exporterPlace(configMap(`${before}${indented(config, 4)}`))).toBe(`${line}:25`);
  });

  test('keeps its places when lines end as on Windows', () => {
    expect(exporterPlace(configMap(`  relay: |\n${indented(config, 4)}`).replaceAll('\n', '\r\n'))).toBe('8:25');
  });

  test('keeps its places in an item of a List', () => {
    const item = configMap(`  relay: |\n${indented(config, 4)}`);
    const list = `apiVersion: v1\nkind: List\nitems:\n  -\n${indented(item, 4)}\n`;
    expect(exporterPlace(list)).toBe('12:29');
  });

  test('stands where its key does when it is quoted', () => {
    expect(exporterPlace(configMap(`  relay: ${JSON.stringify(config)}`))).toBe('5:3');
  });

  test('is read from JSON', () => {
    const json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'relay' }, data: { relay: config } };
    expect(exporterPlace(`${JSON.stringify(json, null, 2)}\n`)).toBe('8:5');
  });
});

test('a line of a text stands in the file', () => {
  const [manifest] = modelOf(configMap('  a: |\n    one\n    two\n  b: "x\\ny"')).manifests;
  expect(manifest?.placeOfLine(['data', 'a'], 1)).toEqual({ file: 'app.yaml', line: 7, column: 5 });
  expect(manifest?.placeOfLine(['data', 'b'], 1)).toEqual({ file: 'app.yaml', line: 8, column: 3 });
});
