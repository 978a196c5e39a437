import { withoutTrailing } from '../../text/without-trailing.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, servicesOf } from './support/parts.ts';

/** A name, how long it may be, and why. */
type Limit = readonly [name: Located, limit: number, reason: string];

/** Longest value of a label, and longest name of a Service. */
const labelLength = 63;

/** Kubernetes, Helm and this project put something behind these names that must still fit. */
export const validNameLength: ConfigRule = {
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
    yield* environment(system.get('environment'));
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

/**
 * The collector reads the environment as an attribute among others, in which it is percent-encoded.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 */
function* environment(value: Located): Iterable<Finding> {
  const { length } = encodeURIComponent(value.text() ?? '');
  if (length > 256) {
    const message = `the collector does not start with an attribute of more than 256 bytes; this one has ${length}, percent-encoded`;
    yield value.finding(message, 'write: a shorter name');
  }
}

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
  return [
    ...datastores,
    ...servicesOf(system).map(({ part }) => labelled(part.get('name'), '-availability', 'an SLO')),
  ];
}

/** The name of the system and that of its Secret are values of labels as well. */
function limitsOfName(system: Located): Limit[] {
  const secret = system.get('secret');
  const external: Limit[] =
    secret.get('externalSecret').kind === 'absent' ? [] : [labelled(secret.get('name'), '', 'an ExternalSecret')];
  const isChart = system.at('collector', 'delivery').text() !== 'manifests';
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
