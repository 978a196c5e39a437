import type { Variable } from '../../../model/environment/variable.ts';
import type { Model } from '../../../model/model.ts';
import { upToLast } from '../../../text/linear-time.ts';
import { joinNames } from '../../../text/list.ts';
import type { RuleFinding } from '../../rule.ts';
import { containersOf } from './containers.ts';
import { bracedReferences } from './env-order.ts';
import { byValue } from './value-source.ts';

/** Variables that SDKs read as they are; a program may well expand its own. */
const readLiterally = /^(OTEL_.*|SERVICE_NAME|SERVICE_VERSION)$/;

/** Set by the container runtime or by most images, and for that taken for something that can be referred to. */
const ofTheShell = ['HOSTNAME', 'HOME', 'PATH', 'USER', 'PWD'];

/** `${NAME}` in what an SDK reads. */
export function braceFindings(model: Model): RuleFinding[] {
  const uses = containersOf(model).flatMap(({ workload, environment }) =>
    [...environment.values()].flatMap((variable) => {
      const names = readLiterally.test(variable.name) ? bracedReferences(textOf(variable)) : [];
      return names.length === 0 ? [] : [{ workload, variable, names, environment }];
    }),
  );
  return byValue(model, uses).map(({ source, uses: [{ variable, names, environment }] }) => {
    const isCertain = names.some((name) => environment.has(name) || ofTheShell.includes(name));
    const written = joinNames(names.map((name) => `\${${name}}`));
    const unless = isCertain ? '' : ', unless something replaces it before kubectl reads the file';
    return {
      message: `${variable.name} holds ${written}, which the kubelet does not replace, so it stays as it is${unless}`,
      place: source.place(),
      suggestion: suggestion(variable, names),
      manifest: source.manifest,
      cannotTell: !isCertain,
    };
  });
}

const textOf = ({ origin, written, value }: Variable): string =>
  (origin.kind === 'literal' ? written : origin.kind === 'configMap' ? value : undefined) ?? '';

function suggestion({ name, origin, written = '' }: Variable, names: readonly string[]): string {
  return origin.kind === 'literal'
    ? `write: ${withParentheses(written)}, with ${joinNames(names)} declared before`
    : `set ${name} in the container's env, with ${joinNames(names.map((each) => `$(${each})`))}`;
}

function withParentheses(written: string): string {
  const head = upToLast(written, '}');
  return head.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_])[^}]*\}/g, '$($1)') + written.slice(head.length);
}
