import { remembered } from '../../text/remembered.ts';
import { variablesOf } from './listed-variables.ts';
import type { ConfigRule } from './rule.ts';

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

const readerOf = remembered((name) => readers.find(([, known]) => known.test(name))?.[0]);

/** Such a variable replaces what the image sets, and with it what instruments the process. */
const noLoaderVariable: ConfigRule = {
  id: 'no-loader-variable',
  level: 'warning',
  *check({ system }) {
    for (const { name, value, service } of variablesOf(system)) {
      const reader = readerOf(name);
      if (reader !== undefined) {
        const message = `${name} of ${service.title} is read by ${reader} and replaces what the image sets, instrumentation included`;
        yield value.keyFinding(message, `remove it, or set it in the image (ENV ${name})`);
      }
    }
  },
};

export const loaderVariableRules: readonly ConfigRule[] = [noLoaderVariable];
