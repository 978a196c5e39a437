import { didYouMean, nearest } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import type { Located } from '../reading/located.ts';
import { environmentOf, valuesOf, variablesOf } from './listed-variables.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, hasPorts, servicesOf } from './system-parts.ts';
import { providedVariable } from './variables.ts';

/** Longer lists are not filtered for each reference. */
const maximumFiltered = 100;

/** Names that a reference can lead to. */
interface Names {
  readonly all: readonly string[];
  readonly has: (name: string) => boolean;
  /** Whether a name that is itself a problem may be the one that is meant. */
  readonly mayMean: (reference: string) => boolean;
}

/**
 * The names that the entries of a list have.
 *
 * @param nameOf where an entry has its name
 * @default nameOf - the entry itself
 */
function namesIn(list: Located, nameOf: (entry: Located) => Located = (entry) => entry): Names {
  const names = list.items().map(nameOf);
  const all = names.flatMap((name) => name.text() ?? []);
  const known = new Set(all);
  const malformed = names.filter((name) => name.text() === undefined).map((name) => name.written());
  const written = malformed.filter((name) => name !== undefined);
  const mayMeanAny = !list.isSound || written.length < malformed.length;
  return {
    all,
    has: (name) => known.has(name),
    mayMean: (reference) => mayMeanAny || didYouMean(reference, written) !== undefined,
  };
}

/** Whether a reference certainly leads nowhere. */
const isUnknown = (reference: string, { has, mayMean }: Names): boolean => !has(reference) && !mayMean(reference);

/**
 * `write: …` for the nearest of the names, or what else can be done.
 *
 * @param isFree whether a name may be suggested
 * @default isFree - every one may
 */
function suggestName(
  reference: string,
  names: readonly string[],
  otherwise: string,
  isFree: (name: string) => boolean = () => true,
): string {
  // A long list stays as it is, so that its index is made once.
  const free = names.length > maximumFiltered ? names : names.filter(isFree);
  const meant = nearest(reference, free).find(isFree);
  if (meant !== undefined) {
    return `write: ${meant}`;
  }
  return free.length === 0 || free.length > maximumFiltered ? otherwise : `${otherwise}, or write: ${oneOf(free)}`;
}

const lists = { service: 'services', datastore: 'datastores' } as const;

type Kind = keyof typeof lists;

/** Services and datastores are referred to by their names. */
const validReference: ConfigRule = {
  id: 'valid-reference',
  *check({ system }) {
    const all = references(system);
    if (all.length === 0) {
      return;
    }
    const namesOfKind = (kind: Kind) => namesIn(system.get(lists[kind]), (part) => part.get('name'));
    const names = { service: namesOfKind('service'), datastore: namesOfKind('datastore') };
    for (const [kind, other, reference] of all) {
      const name = reference.text();
      if (name === undefined || !isUnknown(name, names[kind])) {
        continue;
      }
      const inConfigMap = reference.path[0] !== 'ingress';
      yield names[other].has(name)
        ? reference.finding(
            `${name} is a ${other}, not a ${kind}`,
            inConfigMap ? `write: ${other}: ${name}` : suggestName(name, names[kind].all, 'name a service'),
          )
        : reference.finding(
            `no ${kind} is called ${name}`,
            suggestName(name, names[kind].all, `add it to ${lists[kind]}`),
          );
    }
  },
};

/** The address of a service needs a port. */
const requireReferredPort: ConfigRule = {
  id: 'require-referred-port',
  *check({ system }) {
    const all = references(system).filter(([kind]) => kind === 'service');
    const silent = new Set(
      (all.length === 0 ? [] : servicesOf(system)).flatMap(({ part, name }) =>
        hasPorts(part) ? [] : (name.text() ?? []),
      ),
    );
    for (const [, , reference] of all) {
      const name = reference.text();
      if (name !== undefined && silent.has(name)) {
        yield reference.finding(`service ${name} has no port, so that it has no address`, `add port: … to ${name}`);
      }
    }
  },
};

function references(system: Located): [Kind, Kind, Located][] {
  const values = valuesOf(system)
    .filter(({ kind }) => kind === 'mapping')
    .flatMap((value): [Kind, Kind, Located][] => [
      ['service', 'datastore', value.get('service')],
      ['datastore', 'service', value.get('datastore')],
    ]);
  const routes = system
    .at('ingress', 'routes')
    .items()
    .map((route): [Kind, Kind, Located] => ['service', 'datastore', route.get('service')]);
  return [...values, ...routes];
}

/** What a container reads from the ConfigMap must be there, or it does not start. */
const validConfigKey: ConfigRule = {
  id: 'valid-config-key',
  *check({ system }) {
    const data = system.at('configMap', 'data');
    if (!data.isSound) {
      return;
    }
    const entries = data.entries();
    const keys = entries.map(([key]) => key);
    const known = new Set(keys);
    const malformed = entries.flatMap(([key, value]) => (value.isSound ? [] : [key]));
    for (const { service, value: item, list } of variablesOf(system)) {
      const key = list === 'configKeys' ? item.text() : undefined;
      if (key === undefined || known.has(key) || providedVariable(key) !== undefined) {
        continue;
      }
      if (didYouMean(key, malformed) !== undefined) {
        continue;
      }
      const listed = service.part.get('configKeys').items();
      const read = new Set(listed.map((other) => other.text()));
      yield item.finding(
        `${service.title} reads ${key}, but configMap.data has no such key`,
        suggestName(key, keys, `add ${key}: … to configMap.data`, (other) => !read.has(other)),
      );
    }
  },
};

/** What a container reads from the Secret must be there, or it does not start. */
const validSecretKey: ConfigRule = {
  id: 'valid-secret-key',
  *check({ system }) {
    const secret = system.get('secret');
    const keys = namesIn(secret.get('keys'));
    const readers: [string, Located][] = [
      ...variablesOf(system)
        .filter(({ list }) => list === 'secretKeys')
        .map(({ service, value }): [string, Located] => [service.title, value]),
      ...datastoresOf(system).map(({ part, title }): [string, Located] => [title, part.get('passwordKey')]),
      ...environmentOf(system)
        .filter(({ value }) => value.kind === 'mapping' && secret.kind !== 'absent')
        .map(({ service, value }) => ({ service, reference: value.get('secretKeyRef') }))
        .filter(({ reference }) => reference.get('name').text() === secret.get('name').text())
        .map(({ service, reference }): [string, Located] => [service.title, reference.get('key')]),
    ];
    for (const [title, item] of readers) {
      const key = item.text();
      if (key === undefined || !isUnknown(key, keys) || providedVariable(key) !== undefined) {
        continue;
      }
      yield secret.kind === 'absent'
        ? item.finding(
            `${title} reads ${key}, but the file has no secret`,
            `write: secret: { name: …, keys: [${key}] }`,
          )
        : item.finding(
            `${title} reads ${key}, but secret.keys does not name it`,
            suggestName(key, keys.all, `add ${key} to secret.keys`),
          );
    }
  },
};

/** The Secret that the External Secrets Operator makes has the keys of `remote`, and those must be the keys named. */
const validExternalSecret: ConfigRule = {
  id: 'valid-external-secret',
  *check({ system }) {
    const remote = system.at('secret', 'externalSecret', 'remote');
    if (remote.kind !== 'mapping') {
      return;
    }
    const sources = new Set(remote.entries().map(([key]) => key));
    const keys = system.at('secret', 'keys');
    const names = namesIn(keys);
    for (const key of keys.items()) {
      const name = key.text();
      if (name !== undefined && !sources.has(name)) {
        const message = `secret.externalSecret.remote has no entry for ${name}`;
        yield key.finding(message, `add ${name}: { key: … } to secret.externalSecret.remote`);
      }
    }
    for (const [name, source] of remote.entries()) {
      if (source.isSound && isUnknown(name, names)) {
        const message = `secret.keys does not name ${name}, so no service can read it`;
        const otherwise = `add ${name} to secret.keys`;
        yield source.keyFinding(
          message,
          suggestName(name, names.all, otherwise, (key) => !sources.has(key)),
        );
      }
    }
  },
};

export const referenceRules: readonly ConfigRule[] = [
  requireReferredPort,
  validConfigKey,
  validExternalSecret,
  validReference,
  validSecretKey,
];
