import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  chartRepository,
  chartVersion,
  composeProject,
  contextName,
  filePath,
  gitRepository,
  gitRevision,
  httpsAddress,
  imageRegistry,
  installerSource,
  lazily,
  pathBelow,
  pathFromRoot,
  resolverName,
  sshHost,
} from '../../../lib/config/schema/identifiers.ts';
import { repairFor } from '../../../lib/config/schema/repairs.ts';
import { dnsSubdomain, environmentVariableName, nonEmptyText } from '../../../lib/config/schema/scalars.ts';

const identifiers: Readonly<
  Record<string, [schema: z.ZodType, accepted: readonly string[], refused: readonly string[]]>
> = {
  sshHost: [
    sshHost(),
    ['vm', 'ubuntu@192.0.2.7', 'Eva.B-1@host_alias', '2001:db8::1', '::1', 'root@::1'],
    ['-v', '-oProxyCommand=touch X', 'a@-v', 'a@b@c', 'a b', 'vm:22/x', '@vm', 'ssh://vm', 'vm%h'],
  ],
  httpsAddress: [
    httpsAddress(),
    ['https://a', 'https://a.example.com:8443/~x/a_b/c%20d', 'https://eva@a/b'],
    ['http://a', 'https://', 'https://-a', 'https://a/ b', 'https://a?x=1', 'https://a/"', 'https://a/’'],
  ],
  chartRepository: [
    chartRepository(),
    [
      'https://a/charts',
      'oci://a:5000/b',
      '/opt/my charts',
      './charts',
      '../x',
      'http://127.0.0.1:8080',
      'http://localhost',
    ],
    ['charts', 'http://a', 'https://x; touch X #', '--repo=x', '~/charts', 'oci://a$(b)', 'file:///x', '/a\u001b'],
  ],
  installerSource: [
    installerSource(),
    ['https://get.k3s.io', '/opt/install k3s.sh'],
    ['http://get.k3s.io', 'install.sh', '-x', 'https://a;b', '/a\nb'],
  ],
  chartVersion: [chartVersion(), ['2.1.0', 'v1.2.3-rc.1+k3s1'], ['2.1', '^2.1.0', '>=2', 'latest', '2.1.0 ', '--x']],
  contextName: [
    contextName(),
    ['shop', 'arn:aws:eks:eu-west-1:123456789012:cluster/shop', 'default/api-x:6443/kube:admin', 'gke_a_b_c', 'a@b'],
    ['-shop', 'a b', 'a: b', 'shop:', 'a;b', '"a', 'a\nb', '*'],
  ],
  composeProject: [composeProject(), ['shop', '1_a-b'], ['Shop', '-shop', '_x', 'a b', 'a;b', 'a.b']],
  imageRegistry: [
    imageRegistry(),
    ['registry.example.com/team', 'localhost:5000', 'a/b/c_d'],
    ['-a', 'a/-b', 'A', 'a b', 'a;b', 'https://a', 'a/', 'a:x'],
  ],
  filePath: [
    filePath(),
    ['a', '/home/eva/my kube;config', "it's $(x).yaml", 'käse’'],
    ['-x', ' a', 'a ', 'a\nb', 'a\0', '\u202ea'],
  ],
  pathBelow: [
    pathBelow(),
    ['Dockerfile', 'services/my app/Dockerfile', '.', 'a..b/c', '..a'],
    ['/etc/x', '../x', 'a/../../x', '-x', 'a/..', 'a\u001b'],
  ],
  pathFromRoot: [pathFromRoot(), ['./', './dist/my shop'], ['dist', '/dist', './../x', './a/..', './a\u0007']],
  gitRepository: [
    gitRepository(),
    [
      'https://git.example.com/shop.git',
      'git@git.example.com:team/shop.git',
      'ssh://git@a:22/b',
      'git.example.com/shop',
    ],
    ['-oProxyCommand=x', 'ext::sh -c touch% X', 'https://a; b', 'git@a:b c', '--upload-pack=x', 'a@-b:c'],
  ],
  gitRevision: [gitRevision(), ['HEAD', 'main', 'release/1.0', 'v1.*', '1.2.3+a'], ['-x', 'a b', 'a;b', '$(a)', '']],
  resolverName: [resolverName(), ['letsencrypt', 'a-B_1'], ['-a', 'a b', 'a.acme', '"a"']],
  secretName: [dnsSubdomain(), ['shop-secrets', 'a.b'], ['Shop', '-a', 'a b', 'a;b', "a'"]],
  secretKey: [environmentVariableName(), ['API_KEY', '_a1'], ['A"; touch X; "', '1A', 'A-B', 'A.B', '-A', '$A']],
  text: [nonEmptyText(), ['a b', 'a;b'], ['a\u001b[2J', 'a\0b', 'a\nb', ' a', '\u0085']],
};

describe.each(Object.entries(identifiers))('%s', (_, [schema, accepted, refused]) => {
  test.each(accepted)('may be %j', (text) => {
    expect(schema.safeParse(text).error?.message).toBeUndefined();
  });

  test.each(refused)('may not be %j', (text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });
});

test.each<[z.ZodType, string, string]>([
  [sshHost(), 'ssh://ubuntu@192.0.2.7:22', 'ubuntu@192.0.2.7'],
  [sshHost(), 'ssh vm', 'vm'],
  [chartRepository(), 'http://charts.example.com/x', 'https://charts.example.com/x'],
  [chartRepository(), 'charts.example.com', 'https://charts.example.com'],
  [chartVersion(), '^2.1.0', '2.1.0'],
  [chartVersion(), '2.1', '2.1.0'],
  [contextName(), 'my shop', 'my-shop'],
  [composeProject(), 'My Shop', 'my-shop'],
  [imageRegistry(), 'https://Registry.example.com/team/', 'registry.example.com/team'],
  [pathBelow(), '/dist', 'dist'],
])('%# repairs %o', (schema, written, repaired) => {
  expect(repairFor(schema, written)).toBe(repaired);
});

test.each([
  [sshHost(), '-v'],
  [chartRepository(), 'https://x; touch X #'],
])('%# has no repair that would still be wrong', (schema, written) => {
  expect(repairFor(schema, written)).toBeUndefined();
});

test('a pattern that is compiled late is one that was compiled at once', () => {
  const [late, now] = [lazily('^\\p{Lu}(?<rest>.*)$'), /^\p{Lu}(?<rest>.*)$/u];
  late.lastIndex = 0;
  const seen = (pattern: RegExp) => [
    pattern instanceof RegExp,
    ...[pattern.source, pattern.flags, pattern.lastIndex, String(pattern)],
    ...['Äb', 'äb'].flatMap((text) => [pattern.test(text), pattern.exec(text)?.groups, text.replace(pattern, '$1')]),
  ];
  expect(seen(late)).toEqual(seen(now));
});
