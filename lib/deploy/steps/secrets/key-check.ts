import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import { findSecrets } from '../../../secrets/find-secrets.ts';
import type { WantedSecret } from './secret.ts';

/** What a key of Coralogix is for. */
export interface KeyUse {
  /** E.g. `Send-Your-Data key`. */
  readonly name: string;
  /** Where it is found. */
  readonly mend: string;
}

/** @see https://coralogix.com/docs/user-guides/account-management/api-keys/send-your-data-api-key/ */
export const sendYourDataKey: KeyUse = {
  name: 'Send-Your-Data key',
  mend: 'copy it in Coralogix from Data Flow, API Keys, Send-Your-Data',
};

/** @see https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/ */
export const managementKey: KeyUse = {
  name: 'management key',
  mend: 'make one in Coralogix in Settings, API Keys, with the presets Alerts and SLO',
};

/** What Coralogix takes the value of a Secret for; undefined when it is not for Coralogix. */
export function useOf(config: SystemConfig, { name, namespace }: WantedSecret): KeyUse | undefined {
  const { collector, deploy } = config;
  if (name === collectorSecret.name && namespace === collector.namespace) {
    return sendsToCoralogix(config) ? sendYourDataKey : undefined;
  }
  const { enabled, secret, namespace: operatorNamespace } = deploy.operator;
  return enabled && name === secret.name && namespace === operatorNamespace ? managementKey : undefined;
}

function sendsToCoralogix({ collector: { delivery, export: way } }: SystemConfig): boolean {
  return delivery === 'helm-values' || way.type === 'coralogix' || way.endpoint === undefined;
}

/** What may be right all the same, in words that do not show the value. */
export function doubts(value: string, use: KeyUse, environment: NodeJS.ProcessEnv): string[] {
  if (use === sendYourDataKey) {
    return isPersonalKey(value)
      ? ['is the key of a person; those usually may query and not send: look at its roles']
      : [];
  }
  return value === environment[collectorSecret.key]
    ? [`is that of ${collectorSecret.key}; those usually may send and not manage alerts and SLOs: look at its presets`]
    : [];
}

/** Whether it is the key of one person, which usually may query and not send. */
export const isPersonalKey = (value: string): boolean => value.startsWith('cxup_');

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
