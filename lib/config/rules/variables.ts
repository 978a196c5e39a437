import { ownValue } from '../../own-value.ts';
import { referredVariables } from '../../telemetry/downward-variables.ts';
import { endpointVariable, telemetryEnvironment } from '../../telemetry/environment.ts';
import { attribute, workloadAttribute } from '../../telemetry/resource-attributes.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { servicesOf } from './system-parts.ts';

const telemetryNames = new Set(
  telemetryEnvironment({
    serviceName: '',
    serviceVersion: '',
    deploymentName: '',
    containerName: '',
    environment: '',
    configMapName: '',
  }).map(({ name }) => name),
);

/** Settings by which spans go elsewhere, are dropped or lose the pod; all others are the service's own affair. */
const breaking =
  /^OTEL_(EXPORTER_OTLP_(TRACES_)?(ENDPOINT|PROTOCOL)|TRACES_SAMPLER_ARG|SDK_DISABLED|(EXPERIMENTAL_)?CONFIG_FILE|JAVAAGENT_ENABLED|JAVAAGENT_CONFIGURATION_FILE|PROPAGATORS)$|RESOURCE_DETECTORS|DISABLED_RESOURCE_PROVIDERS/;

/** Settings whose value decides, with the values that do no harm. */
const harmless: Readonly<Record<string, RegExp>> = {
  OTEL_TRACES_EXPORTER: /(^|,)\s*otlp\s*(,|$)/,
  OTEL_PROPAGATORS: /(^|,)\s*tracecontext\s*(,|$)/,
  OTEL_SDK_DISABLED: /^false$/i,
  OTEL_JAVAAGENT_ENABLED: /^true$/i,
};

/** Why a container has a variable already, or must not have it otherwise. */
type Provision = { readonly by: 'telemetry' } | { readonly by: 'config'; readonly source: string };

/** Who sets an environment variable, when that is not up to the configuration's lists. */
export function providedVariable(name: string): Provision | undefined {
  if (Object.hasOwn(commonKeySources, name)) {
    return { by: 'config', source: commonKeySources[name] ?? '' };
  }
  return telemetryNames.has(name) || (name.startsWith('OTEL_') && breaking.test(name))
    ? { by: 'telemetry' }
    : undefined;
}

/** Whether the value that is written for a variable keeps spans from the collector. */
const isHarmful = (name: string, value: string | undefined): boolean => {
  const fine = ownValue(harmless, name);
  return fine !== undefined && value !== undefined && !fine.test(value);
};

/** That a variable is there already. */
const provisionMessage = (name: string, { by }: Provision): string =>
  by === 'config'
    ? `${name} is in the ConfigMap and in every container already`
    : `${name} belongs to the telemetry that every container is given`;

/** Where its value is to be changed. */
const provisionSuggestion = (provision: Provision, name = ''): string => {
  if (provision.by === 'config') {
    return `remove it; its value comes from ${provision.source}`;
  }
  const key = ownValue(keysOfTelemetry, name);
  return key === undefined ? 'remove it' : `remove it, or write: ${key}`;
};

/** Keys of a service by which a variable of the telemetry is set. */
const keysOfTelemetry: Readonly<Record<string, string>> = {
  OTEL_SERVICE_NAME: 'serviceName: …',
  OTEL_RESOURCE_ATTRIBUTES: 'resourceAttributes: { NAME: VALUE }',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'protocol: http/protobuf',
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'protocol: http/protobuf',
};

/** Keys of the ConfigMap that every container reads, and where in the configuration their values come from. */
export const commonKeySources: Readonly<Record<string, string>> = {
  CX_DOMAIN: 'coralogix.domain',
  CX_APPLICATION_NAME: 'coralogix.applicationName',
  ENVIRONMENT: 'environment',
  [endpointVariable]: 'collector.namespace',
};

/** Variables that make a loader or the runtime of a language run other code, by what reads them. */
const readers: readonly (readonly [reader: string, variables: RegExp])[] = [
  ['the shell', /^(PATH|IFS|ENV|BASH_ENV|CDPATH|SHELLOPTS|BASHOPTS|PROMPT_COMMAND)$/],
  ['the dynamic linker', /^(LD_(PRELOAD|LIBRARY_PATH|AUDIT|DEBUG|BIND_NOW|ORIGIN_PATH|PROFILE)|GCONV_PATH|NLSPATH)$/],
  ['the C library', /^(GLIBC_TUNABLES|MALLOC_[A-Z_]+|RES_OPTIONS|HOSTALIASES|LOCALDOMAIN)$/],
  ['Node.js', /^(NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED)$/],
  ['Python', /^PYTHON(PATH|HOME|STARTUP|INSPECT|USERBASE|EXECUTABLE|BREAKPOINT|PYCACHEPREFIX|WARNINGS)$/],
  ['the Java virtual machine', /^(_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|JAVA_HOME)$/],
  [
    '.NET',
    /^(DOTNET_(STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE)|(CORECLR|COR)_(ENABLE_PROFILING|PROFILER[A-Z0-9_]*))$/,
  ],
  ['Ruby', /^(RUBYOPT|RUBYLIB|GEM_HOME|GEM_PATH|BUNDLE_GEMFILE)$/],
  ['Perl', /^PERL5(OPT|LIB|DB)$/],
  ['PHP', /^(PHPRC|PHP_INI_SCAN_DIR)$/],
  ['OpenSSL', /^(OPENSSL_(CONF|ENGINES|MODULES)|SSL_CERT_(FILE|DIR)|SSLKEYLOGFILE)$/],
];

/** The variables that a service lists, with their names. */
const variablesOf = (service: Located): (readonly [string, Located])[] => [
  ...['configKeys', 'secretKeys'].flatMap((list) =>
    service
      .get(list)
      .items()
      .map((item) => [item.text() ?? '', item] as const),
  ),
  ...service.get('env').entries(),
];

/** Such a variable replaces what the image sets, and with it what instruments the process. */
const noLoaderVariable: ConfigRule = {
  id: 'no-loader-variable',
  level: 'warning',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const variables = variablesOf(part);
      for (const [name, value] of variables) {
        const reader = readers.find(([, known]) => known.test(name))?.[0];
        if (reader !== undefined) {
          const message = `${name} of ${title} is read by ${reader} and replaces what the image sets, instrumentation included`;
          yield value.keyFinding(message, `remove it, or set it in the image (ENV ${name})`);
        }
      }
    }
  },
};

/** The ConfigMap's own values come from elsewhere in the file. */
const noProvidedConfigKey: ConfigRule = {
  id: 'no-provided-config-key',
  *check({ system }) {
    for (const [name, value] of system.at('configMap', 'data').entries()) {
      const provision = providedVariable(name);
      if (provision !== undefined) {
        yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision));
      }
    }
  },
};

/** A variable that every container has may not come a second time: the later one would win. */
const noProvidedVariable: ConfigRule = {
  id: 'no-provided-variable',
  *check({ system }) {
    for (const { part } of servicesOf(system)) {
      const variables = variablesOf(part);
      for (const [name, value] of variables) {
        const provision = providedVariable(name);
        const written = part.get('env').get(name).text();
        if (isHarmful(name, written)) {
          const message =
            name === 'OTEL_PROPAGATORS'
              ? `${name}: ${written} ends traces at this service, since the others read tracecontext`
              : `${name}: ${written} keeps the spans of the service from the collector`;
          yield value.keyFinding(message, 'remove it');
        } else if (provision !== undefined && (written === undefined || ownValue(harmless, name) === undefined)) {
          yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision, name));
        }
      }
    }
  },
};

/** The kubelet leaves a reference as it is where no variable of that name stands before. */
const noUnknownVariableReference: ConfigRule = {
  id: 'no-unknown-variable-reference',
  level: 'warning',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const known = new Set([...telemetryNames, ...Object.keys(commonKeySources)]);
      const hasOthers = part.get('envFrom').items().length > 0;
      for (const [name, value] of variablesOf(part)) {
        const unknown = referredVariables(value.path[2] === 'env' ? (value.text() ?? '') : '').filter(
          (other) => !known.has(other) && !hasOthers,
        );
        for (const other of new Set(unknown)) {
          const message = `${name} of ${title} refers to ${other}, and no variable of that name stands before it: the text arrives as it is`;
          yield value.finding(message, `add ${other} before it, or write: $$(${other})`);
        }
        known.add(name);
      }
    }
  },
};

/** Attributes that every container has must have their own values. */
const noProvidedAttribute: ConfigRule = {
  id: 'no-provided-attribute',
  *check({ system }) {
    const attributes = [
      system.at('serviceDefaults', 'resourceAttributes'),
      ...servicesOf(system).map(({ part }) => part.get('resourceAttributes')),
    ];
    for (const [name, value] of attributes.flatMap((of) => of.entries())) {
      if (providedAttributes.has(name)) {
        const key = name === attribute.serviceName ? ', or write: serviceName: …' : '';
        yield value.keyFinding(`${name} belongs to the telemetry that every container is given`, `remove it${key}`);
      }
    }
  },
};

const providedAttributes = new Set<string>([...Object.values(attribute), ...Object.values(workloadAttribute)]);

/** Of two variables of one name in a container the later one wins, silently. */
const uniqueVariable: ConfigRule = {
  id: 'unique-variable',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const variables = [
        ...['configKeys', 'secretKeys'].flatMap((list) =>
          part
            .get(list)
            .items()
            .map((item) => [item.text(), item, list] as const),
        ),
        ...part
          .get('env')
          .entries()
          .map(([name, value]) => [name, value, 'env'] as const),
      ];
      const seen = new Map<string, string>();
      for (const [name, value, list] of variables) {
        if (name === undefined || providedVariable(name) !== undefined) {
          continue;
        }
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, `${list}, line ${value.keyPlace.line}`);
        } else {
          yield value.keyFinding(`${title} has the variable ${name} already (${first})`, 'remove one of the two');
        }
      }
    }
  },
};

export const variableRules: readonly ConfigRule[] = [
  noLoaderVariable,
  noProvidedAttribute,
  noProvidedConfigKey,
  noProvidedVariable,
  noUnknownVariableReference,
  uniqueVariable,
];
