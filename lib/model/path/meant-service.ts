import { groupBy } from '../../group-by.ts';
import { ownValue } from '../../own-value.ts';
import { nearValues, typoOf } from '../../text/did-you-mean.ts';
import type { Model } from '../model.ts';
import type { Service } from '../network/service.ts';
import { collectorName } from '../operator/collector-pods.ts';
import { memoized } from '../spans/memoized.ts';
import { labelledWorkloads, valuesOfLabel } from '../spans/selection.ts';
import { servicesNamed } from '../spans/services-named.ts';
import type { Workload } from '../workload.ts';

/** A workload that a Service is certainly for, and the label that keeps it from selecting its pods. */
export interface NearMiss {
  readonly workload: Workload;
  readonly label: string;
  readonly value: string;
}

/** The label that keeps a Service from a workload that it is certainly for: of its name, or of nearly its labels. */
export function nearMiss(model: Model, { name, namespace, selector }: Service): NearMiss | undefined {
  const near = Object.entries(selector).flatMap(([label, wanted]) =>
    nearValues(wanted, valuesOfLabel(model, namespace, label)).flatMap((value) =>
      labelledWorkloads(model, namespace, label, value).slice(0, maximumWorkloads),
    ),
  );
  const labels = Object.keys(selector);
  const misses = [...workloadsNamed(model, namespace, name), ...near].flatMap((workload): NearMiss[] => {
    const [label = '', ...others] = labels.filter((each) => ownValue(workload.labels, each) !== selector[each]);
    const value = ownValue(workload.labels, label);
    const isMeant =
      workload.name === name || (value !== undefined && typoOf(ownValue(selector, label) ?? '', [value]) !== undefined);
    return others.length === 0 && value !== undefined && isMeant ? [{ workload, label, value }] : [];
  });
  const order = positions(model);
  return misses.sort((a, b) => (order.get(a.workload) ?? 0) - (order.get(b.workload) ?? 0))[0];
}

/** Workloads of one label that are compared with a Service. */
const maximumWorkloads = 100;

const positions = memoized(({ workloads }) => new Map(workloads.map((workload, index) => [workload, index])));

const workloadsNamed = (model: Model, namespace: string, name: string): readonly Workload[] =>
  (byName(model).get(`${namespace}/${name}`) ?? []).slice(0, maximumWorkloads);

const byName = memoized(({ workloads }) => groupBy(workloads, ({ namespace, name }) => `${namespace}/${name}`));

/** `NAME.NAMESPACE` of the one Service that may be meant: of the same name elsewhere, or of nearly that name. */
export function meantService(
  model: Model,
  { name, namespace }: Pick<Service, 'name' | 'namespace'>,
): string | undefined {
  const known = guesses(model);
  const key = `${name}.${namespace}`;
  if (!known.has(key)) {
    known.set(key, guess(model, name, namespace));
  }
  return known.get(key);
}

const guesses = memoized(() => new Map<string, string | undefined>());

function guess(model: Model, name: string, namespace: string): string | undefined {
  const [only, ...others] = servicesNamed(model, name);
  if (only !== undefined && others.length === 0) {
    return `${only.name}.${only.namespace}`;
  }
  const beside = namesIn(model).get(namespace) ?? [];
  // The operator gives the Service another name than the collector has.
  const operated = collectorName(name);
  const near = beside.includes(operated) ? operated : typoOf(name, beside);
  return near === undefined ? undefined : `${near}.${namespace}`;
}

const namesIn = memoized((model): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(model.services, ({ namespace }) => namespace);
  return new Map([...groups].map(([namespace, services]) => [namespace, services.map(({ name }) => name)]));
});
