import { listAt, type Mapping, type Path, textAt } from '../../yaml/value.ts';
import { applyPlan, type EnvPlan, isEmptyPlan } from '../env-entry.ts';
import type { PatchTarget } from './strategic-patch.ts';

/** One operation of RFC 6902. */
export type JsonOperation = { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown };

/**
 * The operations for a kind whose lists kustomize would replace as a whole. Each changes what a test before it has
 * found, so that a base that has changed since fails the build.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6902
 */
export const jsonPatch = ({ object, path, plan }: PatchTarget): JsonOperation[] =>
  plan.containers
    .filter((container) => !isEmptyPlan(container.plan))
    .flatMap(({ index, plan: env }) => {
      const at = [...path, 'spec', 'containers', index];
      const container: Mapping = { ...Object(listAt(object, ...path, 'spec', 'containers')[index]) };
      const name = textAt(container, 'name');
      const guard = name === undefined ? [] : [{ op: 'test', path: pointer([...at, 'name']), value: name } as const];
      return [...guard, ...envOperations(container, [...at, 'env'], env)];
    });

function envOperations(container: Mapping, path: Path, plan: EnvPlan): JsonOperation[] {
  const env = listAt(container, 'env');
  if (env.length === 0 || plan.moved.length + plan.removed.length > 0) {
    const guard = env.length === 0 ? [] : [{ op: 'test', path: pointer(path), value: env } as const];
    return [...guard, { op: 'add', path: pointer(path), value: applyPlan(env, plan) }];
  }
  const { inserted, before, replaced } = plan;
  const isSame = (index: number): JsonOperation => ({
    op: 'test',
    path: pointer([...path, index, 'name']),
    value: textAt(env[index], 'name'),
  });
  return [
    ...replaced.flatMap(({ index, entry }): JsonOperation[] => [
      isSame(index),
      { op: 'replace', path: pointer([...path, index]), value: entry },
    ]),
    ...(before === undefined ? [] : [isSame(before)]),
    ...inserted.map(
      (entry, index): JsonOperation => ({
        op: 'add',
        path: pointer([...path, before === undefined ? '-' : before + index]),
        value: entry,
      }),
    ),
  ];
}

/** A path as a JSON pointer. */
export const pointer = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
