import { secretFormat } from '../../secrets/secret-format.ts';

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

/**
 * What makes a value no Send-Your-Data key; undefined when it may be one.
 *
 * @see https://coralogix.com/docs/user-guides/account-management/api-keys/send-your-data-api-key/
 */
export function wrongSendYourDataKey(value: string): WrongShape | undefined {
  const mend = 'copy it in Coralogix from Data Flow, API Keys, Send-Your-Data';
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
  const format = secretFormat(value);
  if (format !== undefined && !value.startsWith('cx')) {
    return { reason: `is ${format}`, mend };
  }
  if (!/^[\w-]+$/.test(value)) {
    return { reason: 'has characters that no Send-Your-Data key has', mend };
  }
  return value.length < shortest ? { reason: 'is too short for a Send-Your-Data key', mend } : undefined;
}

/** Whether it is the key of one person, which usually may query and not send. */
export const isPersonalKey = (value: string): boolean => value.startsWith('cxup_');
