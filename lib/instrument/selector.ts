import { PodhostError } from '../problems/podhost-error.ts';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

const value = String.raw`[A-Za-z0-9]?[\w.-]*`;
const key = String.raw`[A-Za-z0-9][\w./-]*`;
const equality = new RegExp(`^(${key})\\s*(=|==|!=)\\s*(${value})$`);
const membership = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const existence = new RegExp(`^(!?)\\s*(${key})$`);

/**
 * Reads a label selector as kubectl does: `app=web,tier!=cache,env in (prod, staging),!legacy`.
 *
 * @throws PodhostError when it is none
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseLabelSelector(text: string): Requirement {
  const requirements = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => requirement(part) ?? refuse(text, part));
  return (labels) => requirements.every((matches) => matches(labels));
}

function requirement(part: string): Requirement | undefined {
  const [, name = '', operator, wanted] = equality.exec(part) ?? [];
  if (operator !== undefined) {
    return (labels) => (labels[name] === wanted) === (operator !== '!=');
  }
  const [, member = '', set, list = ''] = membership.exec(part) ?? [];
  if (set !== undefined) {
    const values = list.split(',').map((entry) => entry.trim());
    return (labels) => {
      const found = Object.hasOwn(labels, member) ? labels[member] : undefined;
      return (found !== undefined && values.includes(found)) === (set === 'in');
    };
  }
  const [, not, present] = existence.exec(part) ?? [];
  return present === undefined ? undefined : (labels) => Object.hasOwn(labels, present) === (not === '');
}

function refuse(text: string, part: string): never {
  throw new PodhostError([
    {
      code: 'instrument/invalid-selector',
      message: `${JSON.stringify(part)} in the selector ${JSON.stringify(text)} is no requirement of a label selector`,
      suggestion: 'write it as for kubectl: app=web,tier!=cache,env in (prod, staging),!legacy',
    },
  ]);
}
