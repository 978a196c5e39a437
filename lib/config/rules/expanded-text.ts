import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { pathname } from '../shape/pathname.ts';
import type { ConfigRule } from './rule.ts';

/** Text that another program expands before its reader gets it. */
interface Expansion {
  readonly pattern: RegExp;
  readonly reason: string;
  /**
   * What to write instead.
   *
   * @default - the text without what is expanded
   */
  readonly instead?: string;
}

/** `$${…}` is how the collector itself writes a `${…}` that it leaves alone. */
const collectorReference: Expansion = {
  pattern: /(?<!\$)(?:\$\$)*\$\{/,
  reason: 'the collector puts one of its own variables there',
  instead: '$${ where the text itself is meant',
};

/** The chart runs what it writes into configurations through Go's templates. */
const chartTemplate: Expansion = { pattern: /\{\{/, reason: 'the chart of the collector runs it as a template' };

/** What stands between quotes in the chart's templates, and in a configuration where `$$` means `$`. */
const chartText: readonly Expansion[] = [
  { pattern: /\$\{/, reason: collectorReference.reason },
  { pattern: /\$\$/, reason: 'the collector reads one $' },
  chartTemplate,
  { pattern: /['"\\]/, reason: 'the chart of the collector puts the name between quotes' },
];

/** Arguments of a container, which a chart writes. */
const argumentText: readonly Expansion[] = [
  { pattern: /\$\(|\$\$/, reason: 'the kubelet puts a variable of the container there' },
  { pattern: /\{\{/, reason: 'the chart of Traefik runs it as a template' },
];

/** A name is taken literally: where a reader would expand it, and no escape suits all readers, it is refused. */
const noExpandedText: ConfigRule = {
  id: 'no-expanded-text',
  *check({ system }) {
    yield* expanded(system.get('clusterName'), chartText);
    const acme = system.at('ingress', 'certificate', 'acme');
    yield* expanded(acme.get('email'), argumentText);
    yield* expanded(acme.get('server'), argumentText);
    yield* expandedWithin(system.at('collector', 'loadBalancing', 'policies'));
  },
};

/** Values that are taken as they are, where `${NAME}` is most likely meant to be replaced. */
const noUnreplacedVariable: ConfigRule = {
  id: 'no-unreplaced-variable',
  *check({ system }) {
    for (const value of [system.get('environment'), system.at('coralogix', 'applicationName')]) {
      const reference = unreplacedReference(system, value);
      if (reference !== undefined) {
        const message = `${pathname(value.path)} holds ${reference}, and variables does not declare it`;
        yield value.finding(
          message,
          `write: variables: [${reference.slice(2, -1)}] at the top of the file, or the value`,
        );
      }
    }
  },
};

/** `${NAME}` in a value of a configuration that declares no variables; what else it holds may stand beside a value. */
export const unreplacedReference = (system: Located, value: Located): string | undefined =>
  system.get('variables').kind === 'absent'
    ? /^[A-Za-z0-9._/:-]*(\$\{[A-Za-z_][A-Za-z0-9_]*\})[A-Za-z0-9._/:-]*$/.exec(value.text() ?? '')?.[1]
    : undefined;

function* expanded(value: Located, expansions: readonly Expansion[]): Iterable<Finding> {
  const written = value.text() ?? '';
  for (const { pattern, reason, instead } of expansions) {
    const [text] = pattern.exec(written) ?? [];
    if (text !== undefined) {
      const message = `${pathname(value.path)} holds ${text}: ${reason}`;
      yield value.finding(message, `write: ${instead ?? `it without ${text}`}`);
      return;
    }
  }
}

/** Policies are the collector's own language, keys included. */
function* expandedWithin(value: Located): Iterable<Finding> {
  yield* expanded(value, [collectorReference, chartTemplate]);
  for (const item of value.items()) {
    yield* expandedWithin(item);
  }
  for (const [key, entry] of value.entries()) {
    if (chartTemplate.pattern.test(key)) {
      yield entry.keyFinding(`a key holds {{: ${chartTemplate.reason}`, 'write: it without {{');
    }
    yield* expandedWithin(entry);
  }
}

export const expandedTextRules: readonly ConfigRule[] = [noExpandedText, noUnreplacedVariable];
