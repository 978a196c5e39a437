import { beforeAll, describe, expect, test } from 'vitest';
import { contentKey } from './cache.ts';
import { components } from './collector-components.ts';
import { ensureParts, type Parts } from './ensure.ts';
import { run } from './process.ts';
import { versions } from './versions.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await ensureParts();
});

const output = async (command: string, ...args: string[]) => (await run(command, args)).stdout;

describe('the parts', () => {
  test.each(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const)(
    '%s knows its version',
    async (part) => {
      expect(await output(parts[part], '--version')).toBe(`Kubernetes v${versions.kubernetes}\n`);
    },
  );

  test('kubectl knows its version', async () => {
    expect(await output(parts.kubectl, 'version', '--client')).toContain(`Client Version: v${versions.kubernetes}\n`);
  });

  test('kwok knows its version', async () => {
    expect(await output(parts.kwok, '--version')).toContain(`v${versions.kwok}`);
  });

  test('helm knows its version', async () => {
    expect(await output(parts.helm, 'version', '--short')).toContain(`v${versions.helm}`);
  });

  test('prometheus runs', async () => {
    expect(await output(parts.prometheus, '--help')).toContain('--web.route-prefix');
  });

  test('the collector has every component', async () => {
    const listed = await output(parts.otelcol, 'components');
    expect(listed).toContain(`version: ${versions.collector}`);
    expect(listed.match(/- name: /g)).toHaveLength(Object.values(components).flat().length);
  });

  test('are found again without a build', async () => {
    const since = performance.now();
    expect(await ensureParts()).toEqual(parts);
    expect(performance.now() - since).toBeLessThan(60_000);
  });
});

test('a content key depends on each input and on nothing else', () => {
  expect(contentKey(['a', 'b'])).toBe(contentKey(['a', 'b']));
  expect(contentKey(['ab'])).not.toBe(contentKey(['a', 'b']));
});
