import { describe, expect, test } from 'vitest';
import { explanationJson } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText } from '../../lib/explain/render-text.ts';
import { explainedSmall } from './support/explained.ts';

const whole = explainedSmall({});
const broken = explainedSmall({ service: { internalTrafficPolicy: 'Cluster' } });

test('text shows every hop with its reasons', async () => {
  await expect(explanationText(whole)).toMatchFileSnapshot('__snapshots__/whole.txt');
  await expect(explanationText(broken)).toMatchFileSnapshot('__snapshots__/broken.txt');
});

test('text fits a terminal', () => {
  for (const line of [explanationText(whole), explanationText(broken)].flatMap((text) => text.split('\n'))) {
    expect(line.length).toBeLessThanOrEqual(100);
  }
});

describe('JSON', () => {
  test('has the keys that are promised', async () => {
    await expect(explanationJson(broken)).toMatchFileSnapshot('__snapshots__/broken.json');
    const parsed: unknown = JSON.parse(explanationJson(whole));
    expect(parsed).toMatchObject({
      status: 'ok',
      series: { calls: 'calls_total', duration: 'duration_ms_bucket', labels: expect.any(Array) },
      application: 'shop',
      subsystem: 'api',
    });
    expect(Object.keys(Object(parsed))).toEqual(Object.keys(Object(JSON.parse(explanationJson(broken)))));
  });
});

describe('Mermaid', () => {
  test('is a fence with a diagram', async () => {
    await expect(renderMermaid(whole)).toMatchFileSnapshot('__snapshots__/whole.md');
    await expect(renderMermaid(broken)).toMatchFileSnapshot('__snapshots__/broken.md');
  });

  test('lets no text end a label, a fence or a line, or be read as anything else', () => {
    const service = 'a"b]c#d;e`f\n%%{init}%%$$x$$<br>&lt;{|}\\*~[(';
    const lines = renderMermaid({ ...whole, service }).split('\n');
    expect(lines).toHaveLength(renderMermaid(whole).split('\n').length);
    expect(lines[2]).toContain(
      'a#quot;b#93;c#35;d;e#96;f #37;#37;#123;init#125;#37;#37;#36;#36;x#36;#36;#60;br#62;#38;lt;#123;#124;#125;#92;#42;#126;#91;(',
    );
    expect(lines[2]?.match(/"/g)).toHaveLength(2);
  });

  test('keeps the ends of entities where Mermaid would look for styles', () => {
    const lines = renderMermaid({ ...whole, service: 'style: #1 classDef: #2' }).split('\n');
    expect(lines[2]).toContain('#115;tyle: #35;1 #99;lassDef: #35;2');
  });
});
