import { endpointVariable, telemetryEnvironment } from '../../telemetry/environment.ts';
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

/** Settings of single instrumentations, which change neither where spans go nor whose they are. */
const tuning =
  /^OTEL_(BSP|BLRP|INSTRUMENTATION|PYTHON|NODE|JAVAAGENT|DOTNET|GO|RUBY|PHP|SPAN|EVENT|LINK|ATTRIBUTE|LOGRECORD)_|^OTEL_(LOG_LEVEL|SEMCONV_STABILITY_OPT_IN)$/;

/** Why a container has a variable already, or must not have it otherwise. */
type Provision = { readonly by: 'telemetry' } | { readonly by: 'config'; readonly source: string };

/** Who sets an environment variable, when that is not up to the configuration's lists. */
export function providedVariable(name: string): Provision | undefined {
  if (Object.hasOwn(commonKeySources, name)) {
    return { by: 'config', source: commonKeySources[name] ?? '' };
  }
  const isTelemetry =
    telemetryNames.has(name) ||
    (name.startsWith('OTEL_') && (!tuning.test(name) || name.includes('RESOURCE_DETECTORS')));
  return isTelemetry ? { by: 'telemetry' } : undefined;
}

/** That a variable is there already. */
const provisionMessage = (name: string, { by }: Provision): string =>
  by === 'config'
    ? `${name} is in the ConfigMap and in every container already`
    : `${name} belongs to the telemetry that every container is given`;

/** Where its value is to be changed. */
const provisionSuggestion = (provision: Provision): string =>
  provision.by === 'config' ? `remove it; its value comes from ${provision.source}` : 'remove it';

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

/** Such a variable replaces what the image sets, and with it what instruments the process. */
const noLoaderVariable: ConfigRule = {
  id: 'no-loader-variable',
  level: 'warning',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const variables = [
        ...['configKeys', 'secretKeys'].flatMap((list) =>
          part
            .get(list)
            .items()
            .map((item) => [item.text() ?? '', item] as const),
        ),
        ...part.get('env').entries(),
      ];
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
      const variables = [
        ...['configKeys', 'secretKeys'].flatMap((list) =>
          part
            .get(list)
            .items()
            .map((item) => [item.text() ?? '', item] as const),
        ),
        ...part.get('env').entries(),
      ];
      for (const [name, value] of variables) {
        const provision = providedVariable(name);
        if (provision !== undefined) {
          yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision));
        }
      }
    }
  },
};

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
  noProvidedConfigKey,
  noProvidedVariable,
  uniqueVariable,
];
