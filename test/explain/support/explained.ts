import { explainService } from '../../../lib/explain/explain-service.ts';
import type { Explanation } from '../../../lib/explain/explanation.ts';
import { headline } from '../../../lib/explain/headline.ts';
import type { ExplainedHop } from '../../../lib/explain/hop.ts';
import { marks } from '../../../lib/explain/render-text.ts';
import { modelOf } from '../../model/support/model-of.ts';
import { type SmallSystemProps, smallSystem } from '../../model/support/small-system.ts';

/** The explanation of a service that a test expects to be there. */
export function explained(text: string, service = 'api'): Explanation {
  const explanation = explainService(modelOf(text), service);
  if (explanation === undefined) {
    throw new Error(`nothing is called ${service}`);
  }
  return explanation;
}

export const explainedSmall = (props: SmallSystemProps, service?: string): Explanation =>
  explained(smallSystem(props), service);

/** One step. */
export function hopOf({ hops }: Explanation, name: string): ExplainedHop {
  const hop = hops.find((candidate) => candidate.name === name);
  if (hop === undefined) {
    throw new Error(`there is no hop ${name}`);
  }
  return hop;
}

/** The mark and the sentence of a step, and its reasons. */
export const hopMessages = (explanation: Explanation, name: string): readonly string[] => {
  const { status, message, reasons } = hopOf(explanation, name);
  return [`${marks[status]} ${message}`, ...reasons.map((reason) => reason.message)];
};

/** The same of a small system that differs a little. */
export const messagesOf = (name: string, props: SmallSystemProps, service?: string): readonly string[] =>
  hopMessages(explainedSmall(props, service), name);

/** All marks, in order. */
export const marksOf = ({ hops }: Explanation): string => hops.map(({ status }) => marks[status]).join('');

export const headlineOf = (explanation: Explanation): string => headline(explanation);
