import { expect, test } from 'vitest';
import { regions } from '../../lib/coralogix/regions.ts';
import { acceptedChanges } from './accepted-changes.ts';
import { changed } from './broken/broken-config.ts';
import { systemFile } from './system-file.ts';

const { check } = systemFile();

test.each(acceptedChanges)('%s is fine', (_, change) => {
  expect(check(changed(change).text)).toEqual([]);
});

test.each(
  regions.flatMap(({ domain, legacyDomain = domain }) => [...new Set([domain, legacyDomain, `private.${domain}`])]),
)('the domain %s is fine', (domain) => {
  expect(check(changed({ 'domain: eu2.coralogix.com': `domain: ${domain}` }).text)).toEqual([]);
});
