import { injectionPrefix } from '../model/spans/injection.ts';
import { loadedSdk } from '../model/spans/sdk-default.ts';
import { type Language, languages } from '../telemetry/languages.ts';
import type { Mapping } from '../yaml/value.ts';
import { listAt, textAt, textListAt } from '../yaml/value.ts';
import { valueFor } from './annotations.ts';

/** The language of a program and how it is known. */
export interface KnownLanguage {
  readonly language: Language;
  /** What says so, as the end of the sentence "the language is python by …". */
  readonly evidence: string;
  /**
   * Whether the SDK can export over gRPC when `OTEL_EXPORTER_OTLP_PROTOCOL` says so.
   *
   * `import`: the program's source decides, not the variable.
   */
  readonly grpc: 'yes' | 'no' | 'import';
}

/**
 * Ruby drops every span with `grpc`; PHP needs an extension for it; Go and Rust choose the exporter when they are built.
 *
 * @see https://github.com/open-telemetry/opentelemetry-specification/blob/main/specification/protocol/exporter.md
 */
const grpcOf: Readonly<Record<Language, KnownLanguage['grpc']>> = {
  java: 'yes',
  nodejs: 'yes',
  python: 'yes',
  dotnet: 'yes',
  go: 'import',
  rust: 'import',
  cpp: 'import',
  ruby: 'no',
  php: 'no',
};

/** Programs that a command starts. */
const programs: Readonly<Record<Language, RegExp>> = {
  java: /^(java|javaw|jdk|jre|openjdk|temurin|corretto|gradle|maven|mvn|spring|springboot|quarkus|jetty|tomcat|wildfly|kotlin|scala)\d*$/,
  nodejs: /^(node|nodejs|npm|npx|yarn|pnpm|nextjs|nestjs|express|bun|deno|typescript)\d*$/,
  python: /^(python|py|pypy|gunicorn|uvicorn|hypercorn|celery|flask|django|fastapi|locust|uwsgi|streamlit)\d*$/,
  dotnet: /^(dotnet|aspnet|aspnetcore|csharp|netcore)\d*$/,
  go: /^(go|golang)\d*$/,
  ruby: /^(ruby|rails|puma|sidekiq|bundle|unicorn|rake|rackup|jruby)\d*$/,
  php: /^(php|php-fpm|artisan|laravel|symfony|composer)\d*$/,
  rust: /^(rust|cargo)\d*$/,
  cpp: /^(cpp|cxx)\d*$/,
};

/** Words that name a language wherever they stand; programs such as `express` are words of other names as well. */
const ofImage: Readonly<Record<Language, RegExp>> = {
  java: /^(java|jdk|jre|openjdk|temurin|corretto|springboot|quarkus|tomcat)\d*$/,
  nodejs: /^(node|nodejs|nextjs|nestjs)\d*$/,
  python: /^(python|pypy|django|fastapi)\d*$/,
  dotnet: /^(dotnet|aspnet|aspnetcore|csharp)\d*$/,
  go: /^golang\d*$/,
  ruby: /^(ruby|rails|jruby)\d*$/,
  php: /^(php|laravel|symfony)\d*$/,
  rust: /^rust\d*$/,
  cpp: /^cpp\d*$/,
};

const variables: Readonly<Record<Language, RegExp>> = {
  java: /^(JAVA_|JDK_|_JAVA_|JVM_|SPRING_|CATALINA_|QUARKUS_)/,
  nodejs: /^(NODE_(OPTIONS|ENV|PATH)$|NPM_|NEXT_PUBLIC_)/,
  python: /^(PYTHON|GUNICORN_|UVICORN_|DJANGO_|FLASK_|CELERY_|OTEL_PYTHON_)/,
  dotnet: /^(DOTNET_|ASPNETCORE_|CORECLR_|OTEL_DOTNET_)/,
  go: /^(GOGC|GOMEMLIMIT|GOMAXPROCS|GODEBUG|GOTRACEBACK|OTEL_GO_)/,
  ruby: /^(RAILS_|RACK_|RUBY|BUNDLE_|GEM_|OTEL_RUBY_)/,
  php: /^(PHP_|OTEL_PHP_|COMPOSER_|LARAVEL_|SYMFONY_)/,
  rust: /^(RUST_|CARGO_)/,
  cpp: /^OTEL_CPP_/,
};

/** Names that users and the operator's annotations have for the same language. */
const synonyms: Readonly<Record<string, Language>> = {
  node: 'nodejs',
  'node.js': 'nodejs',
  javascript: 'nodejs',
  typescript: 'nodejs',
  golang: 'go',
  '.net': 'dotnet',
  csharp: 'dotnet',
  'c++': 'cpp',
  kotlin: 'java',
  scala: 'java',
};

/** The language that a user means by a name. */
export const languageNamed = (name: string): Language | undefined =>
  languages.find((language) => language === name.toLowerCase()) ?? synonyms[name.toLowerCase()];

/**
 * The language of a container: by annotation, configuration, injection, command, variables or image.
 *
 * @param configured language of the workload in the configuration
 * @returns undefined where nothing shows it
 */
export function languageOf(
  container: Mapping,
  name: string,
  annotations: Readonly<Record<string, string>>,
  annotated: string | undefined,
  configured?: Language,
): KnownLanguage | undefined {
  const known = (language: Language, evidence: string, grpc = grpcOf[language]) => ({ language, evidence, grpc });
  const chosen = languageNamed(valueFor(annotated, name) ?? '');
  if (chosen !== undefined) {
    return known(chosen, 'annotation podhost.dev/language');
  }
  if (configured !== undefined) {
    return known(configured, 'instrument.languages of the configuration');
  }
  const injected = languages.find((language) => isOn(annotations[`${injectionPrefix}${language}`]));
  if (injected !== undefined) {
    // The operator's Python image has no gRPC.
    return known(injected, `annotation ${injectionPrefix}${injected}`, injected === 'python' ? 'no' : undefined);
  }
  const values = new Map(listAt(container, 'env').map((entry) => [textAt(entry, 'name'), textAt(entry, 'value')]));
  const loaded = loadedSdk(container, (variable) => values.get(variable));
  if (loaded !== undefined) {
    return known(loaded.language, `what it loads, the ${loaded.name}`);
  }
  const command = [...textListAt(container, 'command'), ...textListAt(container, 'args')];
  const byCommand = command.flatMap((word) => bySomeWord(programs, lastPart(word)) ?? [])[0] ?? byFile(command);
  if (byCommand !== undefined) {
    return known(byCommand, 'command');
  }
  for (const entry of listAt(container, 'env')) {
    const variable = textAt(entry, 'name') ?? '';
    const found = languages.find((language) => variables[language].test(variable));
    if (found !== undefined) {
      return known(found, `variable ${variable}`);
    }
  }
  const image = textAt(container, 'image') ?? '';
  const byImage = imageWords(image).flatMap((word) => bySomeWord(ofImage, word) ?? [])[0];
  return byImage === undefined ? undefined : known(byImage, `image ${image}`);
}

const isOn = (value: string | undefined): boolean => value !== undefined && value !== 'false' && value !== '';

const bySomeWord = (words: Readonly<Record<Language, RegExp>>, word: string): Language | undefined =>
  languages.find((language) => words[language].test(word.toLowerCase()));

/** `/usr/bin/python3.11` is `python3`. */
const lastPart = (word: string): string => (word.split(/\s/)[0]?.split('/').at(-1) ?? '').replace(/\.\d+$/, '');

const files: readonly (readonly [RegExp, Language])[] = [
  [/\.jar$/, 'java'],
  [/\.(m?js|cjs|ts)$/, 'nodejs'],
  [/\.py$/, 'python'],
  [/\.dll$/, 'dotnet'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
];

const byFile = (command: readonly string[]): Language | undefined =>
  files.find(([ending]) => command.some((word) => ending.test(word)))?.[1];

/** The words of an image's name, and of its tag where it names a variant. */
const imageWords = (image: string): string[] => {
  const [path = ''] = image.split('@');
  return (path.split('/').at(-1) ?? '').split(/[-_.:]/).filter((word) => /^[a-z]/i.test(word));
};
