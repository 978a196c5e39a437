import type { Located } from '../reading/located.ts';
import { quoted } from './quoted.ts';

const expectedWords: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping (KEY: VALUE lines)',
  record: 'a mapping (KEY: VALUE lines)',
  array: 'a list',
};

/** What a definition asks for. */
export const expectedKind = (type: string): string => expectedWords[type] ?? type;

/** What stands there instead. */
export function foundKind(value: Located): string {
  switch (value.kind) {
    case 'mapping':
      return 'a mapping';
    case 'list':
      return 'a list';
    case 'text':
      return `the text ${quoted(value.written() ?? '', String(value.path.at(-1) ?? ''))}`;
    default:
      return 'nothing';
  }
}
