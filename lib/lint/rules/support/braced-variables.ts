import type { Mending } from '../../../instrument/mend.ts';
import { bracedReferences, staysBraced } from '../../../model/environment/declaration.ts';
import type { Variable } from '../../../model/environment/variable.ts';
import type { Model } from '../../../model/model.ts';
import { upToLast } from '../../../text/linear-time.ts';
import { joinNames } from '../../../text/list.ts';
import type { RuleFinding } from '../../rule.ts';
import { containersOf } from './containers.ts';
import { environmentFix } from './environment-fix.ts';
import { byValue } from './value-source.ts';

/** Variables that SDKs read as they are; a program may well expand its own. */
const readLiterally = /^(OTEL_.*|SERVICE_NAME|SERVICE_VERSION)$/;

/** `${NAME}` in what an SDK reads. */
export function braceFindings(model: Model): RuleFinding[] {
  const uses = containersOf(model).flatMap(({ workload, container, environment }) =>
    [...environment.values()].flatMap((variable) => {
      const names = readLiterally.test(variable.name) ? bracedReferences(textOf(variable)) : [];
      return names.length === 0 ? [] : [{ workload, container, variable, names, environment }];
    }),
  );
  return byValue(model, uses).map(({ source, uses: [use] }) => {
    const { variable, names, environment } = use;
    const isCertain = staysBraced(names, environment);
    const written = joinNames(names.map((name) => `\${${name}}`));
    const unless = isCertain ? '' : ', unless something replaces it before kubectl reads the file';
    return {
      message: `${variable.name} holds ${written}, which the kubelet does not replace, so it stays as it is${unless}`,
      place: source.place(),
      suggestion: suggestion(variable, names),
      manifest: source.manifest,
      cannotTell: !isCertain,
      ...(isCertain && variable.origin.kind === 'literal' && names.every((name) => environment.has(name))
        ? { fix: environmentFix(model, use, mendings(variable)).fix }
        : {}),
    };
  });
}

const mendings = ({ name, written = '' }: Variable): Mending[] => [
  { kind: 'value', name, value: withParentheses(written) },
  { kind: 'order' },
];

const textOf = ({ origin, written, value }: Variable): string =>
  (origin.kind === 'literal' || origin.kind === 'operator'
    ? written
    : origin.kind === 'configMap'
      ? value
      : undefined) ?? '';

function suggestion({ name, origin, written = '' }: Variable, names: readonly string[]): string {
  return origin.kind === 'literal'
    ? `write: ${withParentheses(written)}, with ${joinNames(names)} declared before`
    : `set ${name} in the container's env, with ${joinNames(names.map((each) => `$(${each})`))}`;
}

function withParentheses(written: string): string {
  const head = upToLast(written, '}');
  return head.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_])[^}]*\}/g, '$($1)') + written.slice(head.length);
}
