import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import type { WantedSecret } from './wanted-secrets.ts';

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
