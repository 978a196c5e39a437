import { collectorService } from '../../chart/names.ts';
import { withoutTrailing } from '../../text/linear-time.ts';
import type { Located } from '../reading/located.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, servicesOf, servicesWith, usesChart } from './system-parts.ts';

/** Namespaces that are not the system's own: its pod security labels would change what may run there. */
const noSystemNamespace: ConfigRule = {
  id: 'no-system-namespace',
  *check({ system }) {
    for (const namespace of namespacesOf(system)) {
      const reason = reasonAgainst(namespace.text() ?? '');
      if (reason !== undefined) {
        yield namespace.finding(reason, 'write: a namespace of its own');
      }
    }
  },
};

/** Every namespace that the output or `podhost deploy` creates. */
const namespacesOf = (system: Located): Located[] => [
  system.get('namespace'),
  ...servicesWith(system, 'namespace').map(({ part }) => part.get('namespace')),
  ...(system.at('collector', 'delivery').text() === 'existing' ? [] : [system.at('collector', 'namespace')]),
  system.at('deploy', 'operator', 'namespace'),
];

function reasonAgainst(name: string): string | undefined {
  if (name === 'default') {
    return 'default is shared by everything that names no namespace, and the labels of this system would apply to it';
  }
  return name.startsWith('kube-') ? `${name} belongs to Kubernetes itself` : undefined;
}

/** ConfigMaps and Secrets that the configuration names must not be those that the output makes for something else. */
const uniqueObjectName: ConfigRule = {
  id: 'unique-object-name',
  *check({ system }) {
    const configMap = system.at('configMap', 'name');
    for (const datastore of system.get('datastores').items()) {
      const init = `${datastore.get('name').text()}-init`;
      if (datastore.get('initSql').items().length > 0 && configMap.text() === init) {
        const message = `the ConfigMap ${init} holds the SQL files of the datastore in line ${datastore.place.line}`;
        yield configMap.finding(message, 'write: another name');
      }
    }
    const secret = system.at('secret', 'name');
    const certificate = system.at('ingress', 'certificate');
    const issued = certificate.get('certManager').kind === 'mapping' ? `${system.get('name').text()}-tls` : undefined;
    if (secret.text() !== undefined && secret.text() === issued) {
      yield secret.finding(`cert-manager writes the certificate into the Secret ${issued}`, 'write: another name');
    }
    const certificateSecret = certificate.get('secretName');
    if (secret.text() !== undefined && secret.text() === certificateSecret.text()) {
      const message = `${secret.text()} is the Secret of the services (line ${secret.place.line}); a certificate is in a Secret of its own type`;
      yield certificateSecret.finding(message, `write: ${system.get('name').text()}-tls`);
    }
  },
};

/** Services and datastores each become a Service, and so does the endpoint of the collector. */
const uniqueServiceName: ConfigRule = {
  id: 'unique-service-name',
  *check({ system }) {
    const names = [...servicesOf(system), ...datastoresOf(system)].map(({ name }) => name);
    for (const { value, text, first } of repeats(names)) {
      const message = `${text} is taken by the ${kindOf(first.path[0])} in line ${first.place.line}; each becomes a Service of its name`;
      yield value.finding(message, `write: another name, such as ${text}-2`);
    }
    for (const name of names) {
      if (name.text() === collectorService.clusterCollector) {
        const message = `${name.text()} is the Service through which all spans reach the collector`;
        yield name.finding(message, 'write: another name');
      }
    }
  },
};

const kindOf = (list: unknown): string => (list === 'services' ? 'service' : 'datastore');

/** A name, how long it may be, and why. */
type Limit = readonly [name: Located, limit: number, reason: string];

/** Longest value of a label, and longest name of a Service. */
const labelLength = 63;

/** Kubernetes, Helm and this project put something behind these names that must still fit. */
const validNameLength: ConfigRule = {
  id: 'valid-name-length',
  *check({ system }) {
    for (const [name, limit, reason] of [
      ...limitsOfRelease(system),
      ...limitsOfParts(system),
      ...limitsOfName(system),
    ]) {
      const text = name.text() ?? '';
      if (text.length > limit) {
        yield name.finding(
          `${reason}; this one has ${text.length}`,
          `write: ${withoutTrailing(text.slice(0, limit), '-.')}`,
        );
      }
    }
    for (const [key, value] of keysOf(system)) {
      if (key.length > 253) {
        yield value.keyFinding(
          `a key of a ConfigMap or Secret has at most 253 characters; this one has ${key.length}`,
          `write: ${key.slice(0, 253)}`,
        );
      }
    }
  },
};

function limitsOfRelease(system: Located): Limit[] {
  const release = system.at('collector', 'release');
  const prefix = 'helm-install-';
  const ofJob = labelLength - prefix.length;
  return system.at('gitops', 'tool').text() === 'k3s'
    ? [
        [
          release,
          ofJob,
          `k3s installs the chart with a Job ${prefix}RELEASE, so a release name has at most ${ofJob} characters`,
        ],
      ]
    : [[release, 53, 'Helm takes release names of at most 53 characters']];
}

function limitsOfParts(system: Located): Limit[] {
  const datastores = datastoresOf(system).map(
    ({ part }): Limit => [part.get('name'), 52, 'a StatefulSet whose name has more than 52 characters starts no pod'],
  );
  if (system.get('objectives').kind === 'absent') {
    return datastores;
  }
  return [...datastores, ...servicesOf(system).map(({ name }) => labelled(name, '-availability', 'an SLO'))];
}

/** The name of the system and that of its Secret are values of labels as well. */
function limitsOfName(system: Located): Limit[] {
  const secret = system.get('secret');
  const external: Limit[] =
    secret.get('externalSecret').kind === 'absent' ? [] : [labelled(secret.get('name'), '', 'an ExternalSecret')];
  const isChart = usesChart(system);
  const tool = system.at('gitops', 'tool').text();
  const name = system.get('name');
  if (isChart && tool === 'argo-cd') {
    return [...external, labelled(name, '-collector', 'the Application of the collector')];
  }
  return isChart && tool === 'flux' ? [...external, labelled(name, '-charts', 'the HelmRepository')] : external;
}

function labelled(name: Located, suffix: string, object: string): Limit {
  const limit = labelLength - suffix.length;
  const value = suffix === '' ? 'its name' : `its name with ${suffix}`;
  return [
    name,
    limit,
    `${object} has ${value} as a label, which holds at most ${labelLength} characters, so the name has at most ${limit}`,
  ];
}

/** The keys of the ConfigMap and of the Secret. */
const keysOf = (system: Located): (readonly [string, Located])[] => [
  ...system.at('configMap', 'data').entries(),
  ...system
    .at('secret', 'keys')
    .items()
    .map((key) => [key.text() ?? '', key] as const),
];

export const nameRules: readonly ConfigRule[] = [
  noSystemNamespace,
  uniqueObjectName,
  uniqueServiceName,
  validNameLength,
];
