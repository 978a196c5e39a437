import { join } from 'node:path';
import { generatedHeader } from '../../../lib/files/generated-mark.ts';
import type { FixedText } from '../../../lib/lint/fix/fixed-texts.ts';
import type { OutputProps } from '../../../lib/synth/output-changes.ts';

/** A folder before and after a run. */
export interface Scenario {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

const generated = (text: string): string => `${generatedHeader}${text.repeat(40)}\n`;

const foreign = { 'mine.yaml': 'kind: ConfigMap\n' };

/** A file that changes, one that goes with its folder, one that is new, one of an earlier version, one that stays. */
export const synthesis: Scenario = {
  before: {
    ...foreign,
    '.podhost/shop': `${generatedHeader}10-config.yaml\n20-stays.yaml\nflux/resources.yaml\n`,
    '10-config.yaml': generated('old'),
    '20-stays.yaml': generated('same'),
    '30-unlisted.yaml': generated('of an earlier version'),
    'flux/resources.yaml': generated('goes'),
  },
  after: {
    ...foreign,
    '.podhost/shop': `${generatedHeader}10-config.yaml\n20-stays.yaml\n30-unlisted.yaml\nhelm/values.yaml\n`,
    '10-config.yaml': generated('new'),
    '20-stays.yaml': generated('same'),
    '30-unlisted.yaml': generated('new'),
    'helm/values.yaml': generated('values'),
  },
};

/** The first run into a folder that does not exist. */
export const firstSynthesis: Scenario = {
  before: {},
  after: {
    '.podhost/shop': `${generatedHeader}10-config.yaml\nhelm/values.yaml\n`,
    '10-config.yaml': generated('new'),
    'helm/values.yaml': generated('values'),
  },
};

export const outputOf = (output: string, { after }: Scenario): OutputProps => ({
  output,
  system: 'shop',
  files: Object.entries(after)
    .filter(([path]) => !path.startsWith('.podhost/') && !(path in foreign))
    .map(([path, content]) => ({ path, content })),
});

export const fixes: Scenario = {
  before: { 'a.yaml': 'old a\n', 'b/b.yaml': 'old b\n', 'c.yaml': 'same\n' },
  after: { 'a.yaml': 'new a\n', 'b/b.yaml': 'new b\n', 'c.yaml': 'same\n' },
};

export const fixesOf = (folder: string, { before, after }: Scenario): FixedText[] =>
  Object.entries(before).flatMap(([path, text]) =>
    text === after[path]
      ? []
      : [{ file: join(folder, path), before: text, after: after[path] ?? '', fixes: 1, left: 0 }],
  );
