import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import { findSecrets } from '../../../secrets/find-secrets.ts';
import type { WantedSecret } from './secret.ts';

/** Kind of a Coralogix key. */
export interface KeyUse {
  /** E.g. `Send-Your-Data key`. */
  readonly name: string;
  /** How to get one. */
  readonly remedy: string;
}

/** @see https://coralogix.com/docs/user-guides/account-management/api-keys/send-your-data-api-key/ */
export const sendYourDataKey: KeyUse = {
  name: 'Send-Your-Data key',
  remedy: 'copy it in Coralogix from Data Flow, API Keys, Send-Your-Data',
};

/** @see https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/ */
export const managementKey: KeyUse = {
  name: 'management key',
  remedy: 'create one in Coralogix in Settings, API Keys, with the presets Alerts and SLO',
};

/** The kind of Coralogix key in a Secret; undefined when it is no Coralogix key. */
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

/** Notes about a value that may be wrong, without the value itself. */
export function keyNotes(value: string, use: KeyUse, environment: NodeJS.ProcessEnv): string[] {
  if (use === sendYourDataKey) {
    return isPersonalKey(value) ? ['is a personal key, which usually can query but not send; check its roles'] : [];
  }
  return value === environment[collectorSecret.key]
    ? [`equals ${collectorSecret.key}, which usually can send but not manage alerts and SLOs; check its presets`]
    : [];
}

/** Whether a value is a personal key, which usually can query but not send. */
export const isPersonalKey = (value: string): boolean => value.startsWith('cxup_');

/** Reason why a value is wrong, and how to fix it. */
export interface WrongValue {
  /** Does not contain the value. */
  readonly reason: string;
  readonly remedy: string;
}

/** Minimum length of a key. */
const shortest = 20;

/** Placeholders of a key. */
const placeholder = /^(<.*>|\$[({].*|\{\{.*|(your|my|change|insert|replace|todo|xxx|example)\b.*|x+|\*+)$/i;

/** Returns the reason when a value has accidental white space or quotation marks around it. */
export function wrongEdges(value: string): WrongValue | undefined {
  if (/^\s|\s$/.test(value)) {
    const where = /^\s/.test(value) ? 'begins' : 'ends';
    const what = /[\r\n]$/.test(value) ? 'a line break' : 'white space';
    return { reason: `${where} with ${what}`, remedy: 'create it with printf %s instead of echo' };
  }
  return /^(["'`]).*\1$/.test(value)
    ? { reason: 'has quotation marks around it', remedy: 'remove them; a file with variables does not strip them' }
    : undefined;
}

/** Returns the reason when a value cannot be a Coralogix key. */
export function wrongKey(value: string, { name, remedy }: KeyUse): WrongValue | undefined {
  const edges = wrongEdges(value);
  if (edges !== undefined) {
    return edges;
  }
  if (placeholder.test(value)) {
    return { reason: 'is a placeholder', remedy };
  }
  if (/^Bearer\s/i.test(value)) {
    return { reason: 'begins with Bearer', remedy: 'use only the key' };
  }
  const format = findSecrets(value).find(({ byForm }) => byForm);
  if (format !== undefined && !value.startsWith('cx')) {
    return { reason: `is ${format.what}`, remedy };
  }
  if (!/^[\w-]+$/.test(value)) {
    return { reason: `has characters that no ${name} has`, remedy };
  }
  return value.length < shortest ? { reason: `is too short for a ${name}`, remedy } : undefined;
}
