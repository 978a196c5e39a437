import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SystemConfig } from '../../../../lib/config/schema/system.ts';
import { domainCheck, lintCheck } from '../../../../lib/deploy/steps/collector/configuration-checks.ts';
import { codes, findings } from '../../preflight/answers.ts';

describe('the check of the domain', () => {
  test('a domain of Coralogix is fine', async () => {
    expect(await codes(domainCheck)).toEqual([]);
  });

  test('any other is not', async () => {
    const change = (config: SystemConfig) => ({
      ...config,
      coralogix: { ...config.coralogix, domain: 'eu9.coralogix.com' },
    });
    expect(await codes(domainCheck, { change })).toEqual(['deploy/unknown-domain']);
  });
});

describe('the check by lint', () => {
  test('what is synthesized is clean', async () => {
    expect(await codes(lintCheck)).toEqual([]);
  });

  test('an error of lint is reported with its place', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'podhost-'));
    cpSync('dist', dist, { recursive: true });
    const file = join(dist, '30-frontend.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('name: dataprime-config', 'name: dataprime-configs'));
    const { problems = [] } = await findings(lintCheck, { dist });
    expect(problems[0]).toMatchObject({ code: 'lint/valid-config-reference', place: { file } });
  });
});
