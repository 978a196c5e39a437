import type { Model } from '../model.ts';
import type { Container, Workload } from '../workload.ts';
import { bracedReferences, declarationOf, staysBraced } from './declaration.ts';
import { referencesIn } from './expand.ts';
import type { Variable } from './variable.ts';

/** A container and its variables. */
export interface EnvironmentOf {
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
}

/** Why a reference stands in a value when the process starts. */
export interface UnexpandedReference {
  /** `unknown`: something that was not read may replace it. */
  readonly status: 'broken' | 'unknown';
  readonly reason: string;
}

/** Judges a `$(NAME)` or `${NAME}` in a value as the process sees it; undefined where there is none. */
export function unexpandedReference(
  model: Model,
  owner: EnvironmentOf,
  variable: Variable,
  followed: ReadonlySet<Variable> = new Set(),
): UnexpandedReference | undefined {
  const { value = '', origin, name } = variable;
  if (value.includes('${')) {
    const isCertain = staysBraced(bracedReferences(value), owner.environment);
    return isCertain
      ? { status: 'broken', reason: 'the kubelet expands $(NAME), and never ${NAME}' }
      : { status: 'unknown', reason: 'the kubelet never expands ${NAME}; something may before kubectl reads the file' };
  }
  if (!value.includes('$(')) {
    return undefined;
  }
  if (!['literal', 'operator', 'property'].includes(origin.kind)) {
    const isMeant = name.startsWith('OTEL_') || referencesIn(value).some((each) => owner.environment.has(each));
    return {
      status: isMeant ? 'broken' : 'unknown',
      reason: 'the kubelet expands $(NAME) only in env, not in the data of another object',
    };
  }
  return ofLiteral(model, owner, variable, followed);
}

function ofLiteral(
  model: Model,
  owner: EnvironmentOf,
  variable: Variable,
  followed: ReadonlySet<Variable>,
): UnexpandedReference {
  const { workload, container, environment } = owner;
  const isOpen = ['before', 'perhaps'];
  const lost = variable.unexpanded.find(
    (name) => !isOpen.includes(declarationOf(model, workload, container, variable, name)),
  );
  if (lost !== undefined) {
    return { status: 'broken', reason: `no variable ${lost} is declared before it` };
  }
  const [named] = variable.unexpanded;
  if (named !== undefined) {
    return { status: 'unknown', reason: `where ${named} is declared is in no file that was read` };
  }
  // A reference may stand in the value of a variable that it refers to.
  const references = referencesIn(variable.written ?? '');
  for (const name of references) {
    const source = environment.get(name);
    const found =
      source === undefined || followed.has(source)
        ? undefined
        : unexpandedReference(model, owner, source, new Set([...followed, variable]));
    if (found?.status === 'broken') {
      return found;
    }
  }
  const isRead = references.every((name) => !/^$|\$[({]/.test(environment.get(name)?.value ?? ''));
  return isRead
    ? { status: 'broken', reason: 'the kubelet makes the text $( of $$(, and expands nothing there' }
    : { status: 'unknown', reason: 'the value of a variable that it refers to was not read' };
}
