import { expect, test } from 'vitest';
import { parseImage } from '../../lib/config/image-reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each<[string, object]>([
  ['redis', { name: 'redis' }],
  ['redis:7', { name: 'redis', tag: '7' }],
  ['team/web', { name: 'team/web' }],
  ['docker.io/library/redis:7', { host: 'docker.io', name: 'library/redis', tag: '7' }],
  ['localhost/web', { host: 'localhost', name: 'web' }],
  ['registry:5000/a/b_c', { host: 'registry:5000', name: 'a/b_c' }],
  [`web:1.0@${digest}`, { name: 'web', tag: '1.0', digest }],
  [`ghcr.io/shop/web@${digest}`, { host: 'ghcr.io', name: 'shop/web', digest }],
])('%s has its parts', (written, parts) => {
  expect(parseImage(written)).toEqual({ host: undefined, tag: undefined, digest: undefined, ...parts });
});

test.each([
  '',
  'Web',
  'web:',
  ':1',
  'web:1:2',
  'a//b',
  '/web',
  'web/',
  'web@sha256:12',
  'we b',
  'https://x.y/z',
  '-web',
  'web-',
])('%j is no image reference', (written) => {
  expect(parseImage(written)).toBeUndefined();
});
