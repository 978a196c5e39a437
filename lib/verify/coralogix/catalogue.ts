import { z } from 'zod';
import { joinNames } from '../../text/list.ts';
import { type HopCheck, proven, sentences, unchecked } from '../check.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError, messageOf } from './coralogix-error.ts';
import type { KnownService } from './known-pods.ts';

const entities = z.object({
  entities: z
    .array(z.object({ name: z.string().nullish(), lastSeen: z.string().nullish() }))
    .nullish()
    .transform((found) => found ?? []),
});

/** When Coralogix has seen an entity last, by its name; undefined where it does not report that. */
type Listed = ReadonlyMap<string, string | undefined>;

/** What the catalogue of Coralogix lists. */
export interface Catalogue {
  readonly services: Listed;
  readonly pods: Listed;
}

/**
 * Reads the lists from which the views of Coralogix are drawn.
 *
 * @throws CoralogixError when the catalogue does not answer, e.g. because the key lacks service-catalog:Read
 */
export async function readCatalogue(client: CoralogixClient): Promise<Catalogue> {
  return { services: await listOf(client, 'ENTITY_TYPE_SERVICE'), pods: await listOf(client, 'ENTITY_TYPE_K8S_POD') };
}

async function listOf(client: CoralogixClient, type: string): Promise<Listed> {
  const text = await client.get(`/v2/entities/${type}`, {});
  const answer = entities.safeParse(jsonOf(text));
  if (!answer.success) {
    throw new CoralogixError('failed', `the catalogue of ${client.host} answers in another form: ${messageOf(text)}`);
  }
  return new Map(
    answer.data.entities.flatMap(({ name, lastSeen }): [string, string | undefined][] =>
      name === null || name === undefined ? [] : [[name, lastSeen ?? undefined]],
    ),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether the catalogue lists a service and its pods. It follows the data by minutes and is not documented to be whole, so
 * that what it does not list is not known, and never a fault.
 */
export function checkCatalogue(catalogue: Catalogue | CoralogixError, service: KnownService): HopCheck[] {
  const id = 'catalogue/service';
  if (catalogue instanceof CoralogixError) {
    const remedy = catalogue.kind === 'forbidden' ? 'add the preset APM to the key' : catalogue.remedy;
    return [unchecked(id, `the catalogue of Coralogix was not read: ${catalogue.message}`, { remedy })];
  }
  const { services, pods } = catalogue;
  const evidence = sentences(`${services.size} services and ${pods.size} pods are listed`);
  const ofService = services.has(service.service)
    ? proven(id, `the catalogue lists ${service.service}${seenText(services.get(service.service))}`, { evidence })
    : unchecked(id, `the catalogue does not list ${service.service}`, { evidence });
  return [ofService, ...checkPods(pods, service)];
}

function checkPods(listed: Listed, { pods }: KnownService): HopCheck[] {
  const id = 'catalogue/pods';
  if (pods === undefined || pods.length === 0) {
    return [];
  }
  const missing = pods.filter(({ name }) => !listed.has(name));
  return [
    missing.length === 0
      ? proven(id, `the catalogue lists all ${pods.length} pods`)
      : unchecked(
          id,
          `the catalogue does not list ${missing.length} of ${pods.length} pods (${joinNames(missing.map(({ name }) => name))})`,
        ),
  ];
}

const seenText = (seen: string | undefined): string => (seen === undefined ? '' : `, last seen at ${seen}`);
