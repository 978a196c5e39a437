import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import type { Service } from '../../../model/network/service.ts';
import { groupBy } from '../../../model/spans/group-by.ts';
import { once } from '../../../model/spans/once.ts';
import { selectedWorkloads, workloadsIn } from '../../../model/spans/selection.ts';
import type { Workload } from '../../../model/workload.ts';
import { ownValue } from '../../../own-value.ts';
import type { RuleFinding } from '../../rule.ts';
import { titles } from './titles.ts';
import { typoOf } from './typo.ts';

/** A Service that was written as a manifest, with the pods that it selects. */
export interface WrittenService {
  readonly service: Service;
  readonly manifest: Manifest;
  readonly selected: readonly Workload[];
}

const byManifest = once((model): ReadonlyMap<Manifest, WrittenService> => {
  const found = new Map<Manifest, WrittenService>();
  for (const service of model.services) {
    const { name, namespace, selector, type } = service;
    const manifest = model.find('Service', name, namespace);
    // The endpoints of a Service without selector are made by hand; one of a chart comes after its manifest.
    const isOpen = type === 'ExternalName' || Object.keys(selector).length === 0;
    if (manifest !== undefined && !isOpen && !found.has(manifest)) {
      found.set(manifest, { service, manifest, selected: selectedWorkloads(model, namespace, selector) });
    }
  }
  return found;
});

export const writtenServices = (model: Model): readonly WrittenService[] => [...byManifest(model).values()];

/** The Service of a name, for an object of a namespace. */
export function writtenService(model: Model, name: string, namespace: string | undefined): WrittenService | undefined {
  const manifest = model.find('Service', name, namespace);
  return manifest === undefined ? undefined : byManifest(model).get(manifest);
}

/** Services whose selector means no pod. */
export function selectorFindings(model: Model): RuleFinding[] {
  const empty = writtenServices(model)
    .filter(({ service, selected }) => selected.length === 0 && workloadsIn(model, service.namespace).length > 0)
    .map((found) => ({ ...found, wrong: nearMiss(model, found.service) }));
  const unknown = groupBy(
    empty.filter(({ wrong }) => wrong === undefined),
    ({ service }) => service.namespace,
  );
  return [
    ...empty.flatMap(({ service, manifest, wrong }) =>
      wrong === undefined ? [] : [mistaken(service, manifest, wrong)],
    ),
    ...[...unknown].map(([namespace, services]) => {
      const [{ manifest }] = services;
      return {
        message: `no workload that was read has pods that ${titles(services.map((found) => found.manifest.title))} of namespace ${namespace} could select`,
        place: manifest.place(['spec', 'selector']),
        manifest,
        cannotTell: true,
      };
    }),
  ];
}

const mistaken = ({ namespace, selector }: Service, manifest: Manifest, wrong: NearMiss): RuleFinding => ({
  message: `${manifest.title} of namespace ${namespace} selects pods with ${said(selector)}, and no workload that was read has such pods`,
  place: manifest.place(['spec', 'selector', wrong.label]),
  suggestion: `write: ${wrong.label}: ${wrong.value}, which ${wrong.workload.title} has`,
  manifest,
});

const said = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');

interface NearMiss {
  readonly workload: Workload;
  readonly label: string;
  readonly value: string;
}

/** The label that keeps the Service from a workload that it is certainly for: of its name, or of nearly its labels. */
function nearMiss(model: Model, { name, namespace, selector }: Service): NearMiss | undefined {
  const labels = Object.keys(selector);
  for (const workload of workloadsIn(model, namespace)) {
    const wrong = labels.filter((label) => ownValue(workload.labels, label) !== selector[label]);
    const [label = ''] = wrong;
    const value = ownValue(workload.labels, label);
    const isMeant =
      workload.name === name || (value !== undefined && typoOf(ownValue(selector, label) ?? '', [value]) !== undefined);
    if (wrong.length === 1 && value !== undefined && isMeant) {
      return { workload, label, value };
    }
  }
  return undefined;
}
