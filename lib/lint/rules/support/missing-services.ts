import { groupBy } from '../../../group-by.ts';
import type { Model } from '../../../model/model.ts';
import type { Answer } from '../../../model/network/resolve.ts';
import { once } from '../../../model/spans/once.ts';
import { servicesNamed } from '../../../model/spans/services-named.ts';
import { type SpanExport, spanExports } from '../../../model/spans/span-export.ts';
import { valuesWithoutAgentService, wrongCollector } from '../../../model/spans/wrong-collector.ts';
import { quoted } from '../../../text/quoted.ts';
import type { RuleFinding } from '../../rule.ts';
import { agentHost, suggestAgentEndpoint } from './agent-endpoint.ts';
import { typoOf } from './typo.ts';
import { byDoubt, textOf, usersOf } from './value-source.ts';

type Missing = SpanExport & { readonly answer: Extract<Answer, { kind: 'no-service' }> };

/**
 * Endpoints whose name, or the name that an ExternalName Service stands for, is that of no Service that was read.
 * Something else may make it, unless the name is nearly that of one, or that of one elsewhere.
 */
export function missingServices(model: Model): RuleFinding[] {
  const found = spanExports(model).filter(
    (span): span is Missing =>
      span.answer.kind === 'no-service' &&
      // These two are told by the rules that know what should be there instead.
      valuesWithoutAgentService(model, span.answer) === undefined &&
      wrongCollector(model, span) === undefined,
  );
  const doubtOf = ({ answer }: Missing) => (meantService(model, answer) === undefined ? answer.name : undefined);
  const direct = found.filter(({ answer }) => answer.services.length === 0);
  const aliased = found.filter(({ answer }) => answer.services.length > 0);
  return [
    ...byDoubt(model, direct, doubtOf).map(({ source, uses }) => {
      const [{ variable, answer, endpoint }] = uses;
      const meant = meantService(model, answer);
      return {
        message: `${variable.name} of ${usersOf(uses)} is ${quoted(textOf(variable))}, and no Service ${answer.name} of namespace ${answer.namespace} was read`,
        place: source.place(),
        suggestion:
          meant === undefined
            ? suggestAgentEndpoint(model)
            : `write: ${endpoint.scheme ?? 'http'}://${meant}${portOf(endpoint.port)}`,
        manifest: source.manifest,
        cannotTell: meant === undefined,
      };
    }),
    ...[...groupBy(aliased, aliasOf).values()].map((uses) => {
      const [{ answer, workload }] = uses;
      const alias = answer.services.at(-1);
      const manifest = model.find('Service', alias?.name ?? '', alias?.namespace ?? workload.namespace);
      const meant = meantService(model, answer);
      return {
        message: `Service ${alias?.name} stands for ${alias?.externalName}, and no Service ${answer.name} of namespace ${answer.namespace} was read`,
        place: manifest?.place(['spec', 'externalName']) ?? workload.manifest.place(),
        suggestion: `write: ${meant ?? agentHost(model)}.svc.cluster.local`,
        cannotTell: meant === undefined,
        manifest,
      };
    }),
  ];
}

const portOf = (port: number | undefined): string => (port === undefined ? '' : `:${port}`);

const aliasOf = ({ answer }: Missing): string => `${answer.services.at(-1)?.namespace}/${answer.services.at(-1)?.name}`;

/** `NAME.NAMESPACE` of the one Service that may be meant: of the same name elsewhere, or of nearly that name. */
function meantService(model: Model, { name, namespace }: Missing['answer']): string | undefined {
  const known = guesses(model);
  const key = `${name}.${namespace}`;
  if (!known.has(key)) {
    known.set(key, guess(model, name, namespace));
  }
  return known.get(key);
}

const guesses = once(() => new Map<string, string | undefined>());

function guess(model: Model, name: string, namespace: string): string | undefined {
  const [only, ...others] = servicesNamed(model, name);
  if (only !== undefined && others.length === 0) {
    return `${only.name}.${only.namespace}`;
  }
  const near = typoOf(name, namesIn(model).get(namespace) ?? []);
  return near === undefined ? undefined : `${near}.${namespace}`;
}

const namesIn = once((model): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(model.services, ({ namespace }) => namespace);
  return new Map([...groups].map(([namespace, services]) => [namespace, services.map(({ name }) => name)]));
});
