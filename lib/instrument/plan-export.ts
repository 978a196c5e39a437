import { endpointVariable, type OtlpProtocol, otlpProtocols } from '../telemetry/environment.ts';
import type { ContainerDraft } from './container-draft.ts';
import type { ContainerProps, InstrumentContext } from './context.ts';
import {
  type EndpointContract,
  endpointEntry,
  endpointReason,
  hasScheme,
  isContract,
  protocolOfPort,
  protocolVariable,
  tracesEndpointVariable,
  tracesProtocolVariable,
  withPortFor,
} from './endpoint.ts';
import type { CurrentVariable } from './environment.ts';
import type { KnownLanguage } from './language.ts';
import { type CodedReason, reason } from './reason.ts';

export interface PlanExportProps extends Pick<ContainerProps, 'context' | 'hasCollector'> {
  readonly language: KnownLanguage | undefined;
}

/** Sets endpoint and protocol together, so that the port takes what is sent to it. */
export function planExport(draft: ContainerDraft, props: PlanExportProps): void {
  const { endpoint: contract } = props.context;
  const present = inForce(draft, tracesEndpointVariable) ?? inForce(draft, endpointVariable);
  const problem = present === undefined ? undefined : wrongEndpoint(present, props);
  const kept = present !== undefined && problem === undefined ? present : undefined;
  const protocol = protocolOf(draft, present, kept !== undefined, props);
  const name = present?.name ?? endpointVariable;
  if (kept === undefined) {
    const entry = endpointEntry(contract, name, protocol);
    draft.set(entry, problem ?? reason('added', `${name} is ${describe(entry.value, contract)}`));
  } else {
    keep(draft, kept, protocol, contract);
  }
}

/** A variable that has a value, or one that is not known. */
function inForce(draft: ContainerDraft, name: string): CurrentVariable | undefined {
  const variable = draft.variable(name);
  return variable?.value === '' ? undefined : variable;
}

function wrongEndpoint(
  { name, value, entry }: CurrentVariable,
  { context: { endpoint }, hasCollector }: PlanExportProps,
): CodedReason | undefined {
  if (value === undefined) {
    return endpoint.replaces === true && !isContract(endpoint, entry)
      ? reason('endpoint-replaced', `${name} stood in something that was not read`)
      : undefined;
  }
  const problem = endpointReason(name, value, hasCollector);
  if (problem !== undefined) {
    return problem;
  }
  const isSame = otlpProtocols.some((protocol) => endpointEntry({ url: endpoint.url }, name, protocol).value === value);
  const isOther = endpoint.replaces === true && !isSame && !isContract(endpoint, entry);
  return isOther ? reason('endpoint-replaced', `${name} was ${value}`) : undefined;
}

/**
 * The protocol that the container exports with, which is declared where it is not yet. The port that spans go to now
 * shows what the SDK does by default.
 */
function protocolOf(
  draft: ContainerDraft,
  present: CurrentVariable | undefined,
  isKept: boolean,
  { context, language }: PlanExportProps,
): OtlpProtocol | undefined {
  const declared = inForce(draft, tracesProtocolVariable) ?? inForce(draft, protocolVariable);
  if (declared !== undefined) {
    if (declared.index !== undefined) {
      draft.settle(declared.name, declared.entry?.value ?? '', declared.index);
    }
    return declaredProtocol(declared.value);
  }
  const byLanguage = language?.grpc === 'no' ? 'http/protobuf' : undefined;
  const shown = context.protocol ?? byLanguage ?? protocolOfPort(present?.value ?? '');
  const known = shown ?? (isKept ? undefined : protocolOfPort(context.endpoint.url));
  if (known === undefined) {
    draft.warn(
      reason('assumed-protocol', `${unknownPort(isKept ? present : undefined, context)}, so none is declared`),
    );
    return undefined;
  }
  if (shown === undefined && language?.grpc === 'import') {
    const message = `${language.language} programs choose their exporter when they are built, so ${known} is assumed`;
    draft.warn(reason('assumed-protocol', message));
  } else if (shown === undefined && language === undefined) {
    draft.warn(reason('unknown-language', `the language is not known, so ${known} is assumed`));
  }
  draft.set({ name: protocolVariable, value: known }, reason('added', `${protocolVariable} is ${known}`));
  return known;
}

/** Why no protocol follows from the endpoint. */
const unknownPort = (kept: CurrentVariable | undefined, { endpoint }: InstrumentContext): string =>
  kept !== undefined && kept.value === undefined
    ? `${kept.name} was not read, and neither is its port known nor the protocol`
    : `the port of ${kept?.value ?? endpoint.url} belongs to no protocol`;

const declaredProtocol = (value: string | undefined): OtlpProtocol | undefined =>
  value?.startsWith('http/') === true ? 'http/protobuf' : value === 'grpc' ? 'grpc' : undefined;

/** An endpoint that is not wrong stays, but for a scheme that it lacks and a port of the other protocol. */
function keep(
  draft: ContainerDraft,
  { name, value, entry, index }: CurrentVariable,
  protocol: OtlpProtocol | undefined,
  contract: EndpointContract,
): void {
  if (value === undefined) {
    if (!isContract(contract, entry)) {
      draft.warn(reason('unknown-endpoint', `${name} stands in something that was not read, and stays`));
    }
    return;
  }
  const written = entry?.value;
  if (written !== undefined && index !== undefined) {
    draft.settle(name, written, index);
    const schemed = hasScheme(value) ? written : `http://${written}`;
    const ported = protocol === undefined ? schemed : withPortFor(schemed, protocol);
    if (ported !== written) {
      const code = schemed === written ? 'endpoint-port' : 'endpoint-without-scheme';
      const which = code === 'endpoint-port' ? `a port for another protocol than ${protocol}` : 'no scheme';
      draft.set({ name, value: ported }, reason(code, `${name} was ${value}, with ${which}`));
    }
  } else if (protocol !== undefined && withPortFor(value, protocol) !== value) {
    draft.warn(reason('endpoint-port', `${name} is ${value}, a port for another protocol than ${protocol}`));
  }
  if (!isContract(contract, entry) && !hasSameHost(value, contract.url)) {
    draft.warn(reason('foreign-endpoint', `${name} is ${value}, and stays`));
  }
}

const hostOf = (url: string): string => /^(?:\w+:\/\/)?([^:/]+)/.exec(url)?.[1] ?? '';

const hasSameHost = (value: string, url: string): boolean => hostOf(value) === hostOf(url);

const describe = (value: string | undefined, { configMap }: EndpointContract): string =>
  value ?? `key ${configMap?.key} of ConfigMap ${configMap?.name}`;
