import { literalSecret } from '../../../secrets/literal-secret.ts';
import { secretFormat } from '../../../secrets/secret-format.ts';

/** A secret that everybody can read. */
export interface Leak {
  /** What it is, in words that do not tell it. */
  readonly what: string;
  /** Whether its form alone tells, whatever it is called. */
  readonly byForm: boolean;
}

export type LeakJudge = (name: string, text: string) => Leak | undefined;

/** Judges each name with its text once: a system says most of what it says many times. */
export function leakJudge(): LeakJudge {
  const known = new Map<string, Leak | undefined>();
  return (name, text) => {
    const key = `${name}\n${text}`;
    if (!known.has(key)) {
      known.set(key, leakOf(name, text.trim()));
    }
    return known.get(key);
  };
}

function leakOf(name: string, value: string): Leak | undefined {
  if (isPublic.test(name) || isPlaceholder.test(value)) {
    return undefined;
  }
  const what = literalSecret(name, value);
  const byForm = what !== undefined && secretFormat(value) !== undefined;
  return what === undefined || (!byForm && (isIdentifierName.test(name) || namesSecret(name, value)))
    ? undefined
    : { what, byForm };
}

/** Digests, images and certificates are drawn by machines too, and everybody may know them. */
const isPublic =
  /^(image|tag|digest|caBundle)$|\.(crt|pem)$|[cC]ertificate|checksum|^sha\d+$|[hH]ash$|^uid$|^resourceVersion$/;

const isIdentifierName = /([_-]|^)(id|ID)$|[a-z]Id$/;

const isPlaceholder =
  /^(change-?_?me|replace|your[-_ ]|insert|todo|fixme|example|dummy|placeholder|redacted|x{3,}|\*{3,}|\.{3}|<|\$|\{\{)/i;

/** `existingSecret: redis-secret`, `secretKey: DB_PASSWORD`: the name of a Secret or of its key, and no secret. */
function namesSecret(name: string, value: string): boolean {
  const isVariable = !/[a-z]/.test(name);
  const isObject = /(secret|credentials?|token)$/i.test(name) && /^[a-z]([-a-z0-9.]*[a-z0-9])?$/.test(value);
  const isKey = /key$/i.test(name) && /^([A-Z][A-Z0-9_]*|[a-z][-._a-z]*)$/.test(value);
  return !isVariable && ((isObject && !/\d{3}/.test(value)) || isKey);
}
