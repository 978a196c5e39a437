import { quoted } from '../../text/quoted.ts';
import { isMapping, type Mapping, textAt } from '../../yaml/value.ts';
import { canonical } from './live-pod.ts';

/** A field that the cluster has otherwise than it is committed. */
export interface Drift {
  /** E.g. `spec.template.spec.containers[api].env[OTEL_SERVICE_NAME].value`. */
  readonly path: string;
  /** Undefined where only the cluster has it, as a configuration of a collector may. */
  readonly committed: string | undefined;
  /** Undefined where the cluster does not have the field. */
  readonly live: string | undefined;
}

/** Fields that say which object it is, or that somebody else sets in the cluster by right. */
const foreign = new Set(['apiVersion', 'kind', 'status', 'spec.replicas', 'spec.clusterIP', 'spec.nodePort']);

/** Stands for an entry of a list that is missing as a whole. */
const wholeEntry = '';

/** More of one object tell a reader nothing. */
const maximumDrift = 50;

/**
 * The fields of a committed object that the cluster has otherwise: what applying it would change. Fields that are not
 * committed belong to others.
 */
export function driftOf(committed: unknown, live: unknown): Drift[] {
  const found: Drift[] = [];
  compare('', '', committed, live, found);
  return found;
}

function compare(path: string, name: string, committed: unknown, live: unknown, found: Drift[]): void {
  if (foreign.has(path) || isEmpty(committed) || found.length >= maximumDrift) {
    return;
  }
  if (isMapping(committed)) {
    for (const [key, value] of Object.entries(committed)) {
      const next = path === '' ? key : `${path}.${key}`;
      const label = key === 'value' ? (textAt(committed, 'name') ?? key) : key;
      compare(next, label, value, isMapping(live) ? live[key] : undefined, found);
    }
  } else if (Array.isArray(committed)) {
    compareLists(path, committed, Array.isArray(live) ? live : [], found);
  } else if (!isSameScalar(committed, live)) {
    found.push({ path, committed: shown(committed, name), live: shownIfThere(live, name) });
  }
}

/**
 * The fields in which two configurations of a collector differ: unlike an object of the cluster, one is a whole.
 *
 * @param key key of the ConfigMap, with which the paths begin
 */
export function configurationDrift(key: string, committed: unknown, live: unknown): Drift[] {
  const found: Drift[] = [];
  compareWhole(key, committed, live, found);
  return found;
}

function compareWhole(path: string, committed: unknown, live: unknown, found: Drift[]): void {
  if (isMapping(committed) && isMapping(live)) {
    for (const key of new Set([...Object.keys(committed), ...Object.keys(live)])) {
      compareWhole(`${path}.${key}`, committed[key], live[key], found);
    }
  } else if (canonical(committed) !== canonical(live) && found.length < maximumDrift) {
    found.push({ path, committed: shownIfThere(committed, path), live: shownIfThere(live, path) });
  }
}

/** Keys that identify an entry of a list, as server-side apply merges lists. */
const identities = ['name', 'mountPath', 'containerPort', 'port', 'topologyKey', 'ip'] as const;

function compareLists(path: string, committed: readonly unknown[], live: readonly unknown[], found: Drift[]): void {
  const key = identities.find((each) => committed.every((entry) => textAt(entry, each) !== undefined));
  committed.forEach((entry, index) => {
    const identity = key === undefined ? undefined : textAt(entry, key);
    const other =
      key === undefined || identity === undefined
        ? live[index]
        : live.find((candidate) => textAt(candidate, key) === identity);
    const next = `${path}[${identity ?? index}]`;
    if (other === undefined && isMapping(entry)) {
      found.push({ path: next, committed: wholeEntry, live: undefined });
    } else {
      compare(next, identity ?? '', entry, other, found);
    }
  });
}

const shown = (value: unknown, name: string): string =>
  quoted(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), name);

const shownIfThere = (value: unknown, name: string): string | undefined =>
  value === undefined ? undefined : shown(value, name);

/** The API server does not keep what is empty. */
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : isMapping(value) && Object.keys(value).length === 0);

function isSameScalar(committed: unknown, live: unknown): boolean {
  if (committed === live || String(committed) === String(live)) {
    return true;
  }
  // `false` and 0 are what a field without a value means.
  if ((committed === false || committed === 0) && live === undefined) {
    return true;
  }
  const one = quantity(committed);
  return one !== undefined && one === quantity(live);
}

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes as a number: the server writes `1000m` as `1`. */
function quantity(value: unknown): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value)) ?? [];
  const factor = factors[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** Variables that decide what an SDK sends, where to and as whom. */
export const isTelemetryVariable = (name: string): boolean =>
  /^(OTEL_|CX_|K8S_|SERVICE_(NAME|VERSION)$|(JAVA_TOOL_OPTIONS|NODE_OPTIONS|PYTHONPATH)$)/.test(name);

const podTemplate = /^spec\.(?:jobTemplate\.spec\.)?template\./;

/** Whether a field of a workload decides what becomes of its spans. */
export function affectsSpans({ path }: Pick<Drift, 'path'>): boolean {
  const within = path.replace(podTemplate, '');
  if (within === path) {
    return false;
  }
  const [, name] = /^spec\.(?:initContainers|containers)\[[^\]]*\]\.env\[([^\]]*)\]/.exec(within) ?? [];
  return name === undefined
    ? /^spec\.(?:hostNetwork|dnsPolicy|(?:initContainers|containers)\[[^\]]*\](?:$|\.(?:envFrom|command|args)))|^metadata\.annotations\.[a-z.]*(?:opentelemetry|istio|linkerd)/.test(
        within,
      )
    : isTelemetryVariable(name);
}

/** E.g. `spec.type is "ClusterIP" and is committed as "NodePort"`. */
export function driftText({ path, committed, live }: Drift): string {
  if (committed === undefined) {
    return `${path} is ${live ?? 'there'}, and is not committed`;
  }
  if (committed === wholeEntry) {
    return `${path} is missing`;
  }
  return `${path} is ${live ?? 'missing'}, and is committed as ${committed}`;
}

/** The data of a ConfigMap, key by key. */
export const dataOf = (object: Mapping): Readonly<Record<string, unknown>> => Object(object['data']);
