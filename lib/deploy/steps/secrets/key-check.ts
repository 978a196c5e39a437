import { findSecrets } from '../../../secrets/find-secrets.ts';
import type { KeyUse } from './key-use.ts';

/** How a value is changed, and what for. */
export interface WrongShape {
  /** What is wrong, in words that do not show the value. */
  readonly reason: string;
  readonly mend: string;
}

/** As long as nothing that a person makes up in place of a key. */
const shortest = 20;

/** Signs that somebody meant to put a key there. */
const placeholder = /^(<.*>|\$[({].*|\{\{.*|(your|my|change|insert|replace|todo|xxx|example)\b.*|x+|\*+)$/i;

/** What is wrong with a value that came from a file or a shell by accident; undefined when nothing is. */
export function wrongEdges(value: string): WrongShape | undefined {
  if (/^\s|\s$/.test(value)) {
    const where = /^\s/.test(value) ? 'begins' : 'ends';
    const what = /[\r\n]$/.test(value) ? 'a line break' : 'white space';
    return { reason: `${where} with ${what}`, mend: 'make it with printf %s rather than echo' };
  }
  return /^(["'`]).*\1$/.test(value)
    ? { reason: 'has quotation marks around it', mend: 'give it without them: a file for variables keeps them' }
    : undefined;
}

/** What makes a value no key of Coralogix; undefined when it may be one. */
export function wrongKey(value: string, { name, mend }: KeyUse): WrongShape | undefined {
  const edges = wrongEdges(value);
  if (edges !== undefined) {
    return edges;
  }
  if (placeholder.test(value)) {
    return { reason: 'is a placeholder', mend };
  }
  if (/^Bearer\s/i.test(value)) {
    return { reason: 'begins with Bearer', mend: 'give the key alone' };
  }
  const format = findSecrets(value).find(({ byForm }) => byForm);
  if (format !== undefined && !value.startsWith('cx')) {
    return { reason: `is ${format.what}`, mend };
  }
  if (!/^[\w-]+$/.test(value)) {
    return { reason: `has characters that no ${name} has`, mend };
  }
  return value.length < shortest ? { reason: `is too short for a ${name}`, mend } : undefined;
}
