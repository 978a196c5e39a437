import { groupBy } from '../../../group-by.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { NetworkIndex } from '../../../model/network/network-index.ts';
import type { Answer } from '../../../model/network/resolve.ts';
import type { Service } from '../../../model/network/service.ts';
import { meantService, type NearMiss, nearMiss } from '../../../model/path/meant-service.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import { selectedWorkloads, workloadsIn } from '../../../model/spans/selection.ts';
import { type SpanExport, spanExports } from '../../../model/spans/span-export.ts';
import { isDeadEnd, valuesWithoutAgentService, wrongCollector } from '../../../model/spans/wrong-collector.ts';
import type { Workload } from '../../../model/workload.ts';
import { joinNames } from '../../../text/list.ts';
import { quoted } from '../../../text/quoted.ts';
import type { RuleFinding } from '../../rule.ts';
import { agentHost, suggestAgentEndpoint } from './endpoints.ts';
import { byReason, usersOf, writtenText } from './value-source.ts';

/** A Service that was written as a manifest, with the pods that it selects. */
export interface WrittenService {
  readonly service: Service;
  readonly manifest: Manifest;
  readonly selected: readonly Workload[];
}

const byManifest = memoized((model): ReadonlyMap<Manifest, WrittenService> => {
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
        message: `no workload that was read has pods that ${joinNames(services.map((found) => found.manifest.title))} of namespace ${namespace} could select`,
        place: manifest.place(['spec', 'selector']),
        manifest,
        cannotTell: true,
      };
    }),
  ];
}

const mistaken = ({ namespace, selector }: Service, manifest: Manifest, wrong: NearMiss): RuleFinding => ({
  message: `${manifest.title} of namespace ${namespace} selects pods with ${labelList(selector)}, and no workload that was read has such pods`,
  place: manifest.place(['spec', 'selector', wrong.label]),
  suggestion: `write: ${wrong.label}: ${wrong.value}, which ${wrong.workload.title} has`,
  manifest,
});

const labelList = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');

type Missing = SpanExport & { readonly answer: Extract<Answer, { kind: 'no-service' }> };

/**
 * Endpoints whose name, or the name that an ExternalName Service stands for, is that of no Service that was read.
 * Something else may make it, unless the name is nearly that of one, or that of one elsewhere.
 */
export function missingServices(model: Model): RuleFinding[] {
  const found = spanExports(model).filter(
    (span): span is Missing =>
      span.answer.kind === 'no-service' &&
      // These two are reported by the rules that know what should be there instead.
      valuesWithoutAgentService(model, span.answer) === undefined &&
      wrongCollector(model, span) === undefined,
  );
  const reasonOf = ({ answer }: Missing) => (meantService(model, answer) === undefined ? answer.name : undefined);
  const direct = found.filter(({ answer }) => answer.services.length === 0);
  const aliased = found.filter(({ answer }) => answer.services.length > 0);
  return [
    ...byReason(model, direct, reasonOf).map(({ source, uses }) => {
      const [{ variable, answer, endpoint }] = uses;
      const meant = meantService(model, answer);
      return {
        message: `${variable.name} of ${usersOf(uses)} is ${quoted(writtenText(variable))}, and no Service ${answer.name} of namespace ${answer.namespace} was read`,
        place: source.place(),
        suggestion:
          meant === undefined || leadsToDeadEnd(model, meant)
            ? suggestAgentEndpoint(model)
            : `write: ${endpoint.scheme ?? 'http'}://${meant}${portOf(endpoint.port)}`,
        manifest: source.manifest,
        cannotTell: meant === undefined,
      };
    }),
    ...[...groupBy(aliased, aliasOf).values()].map((uses) => {
      const [{ answer, workload }] = uses;
      const alias = answer.services.at(-1);
      const manifest = model.find('Service', alias?.name ?? '', alias?.namespace ?? workload.namespace);
      const meant = meantService(model, answer);
      return {
        message: `Service ${alias?.name} stands for ${alias?.externalName}, and no Service ${answer.name} of namespace ${answer.namespace} was read`,
        place: manifest?.place(['spec', 'externalName']) ?? workload.manifest.place(),
        suggestion: `write: ${meant ?? agentHost(model)}.svc.cluster.local`,
        cannotTell: meant === undefined,
        manifest,
      };
    }),
  ];
}

/** A name that is nearly right may be that of a collector which makes no span metrics. */
function leadsToDeadEnd(model: Model, meant: string): boolean {
  const service = model.services.find(({ name, namespace }) => `${name}.${namespace}` === meant);
  const collector = service && NetworkIndex.of(model).collector(service);
  return collector !== undefined && isDeadEnd(model, collector);
}

const portOf = (port: number | undefined): string => (port === undefined ? '' : `:${port}`);

const aliasOf = ({ answer }: Missing): string => `${answer.services.at(-1)?.namespace}/${answer.services.at(-1)?.name}`;
