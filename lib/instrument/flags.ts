import { namesOfKind, pathIn, type TemplatePaths } from '../kubernetes/pod-template.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { endpointVariable, type OtlpProtocol } from '../telemetry/environment.ts';
import { isSafeValue } from '../telemetry/resource-attributes.ts';
import type { InstrumentContext } from './context.ts';
import { defaultEndpoint, type EndpointContract } from './endpoint.ts';

/** What a command line says of the contract. */
export interface InstrumentFlags {
  readonly endpoint?: string;
  /** `NAME` or `NAME:KEY`. */
  readonly endpointConfigMap?: string;
  readonly environment?: string;
  readonly protocol?: OtlpProtocol;
  readonly serviceNameFromLabels?: true;
  /** `Kind=spec.template` or `group/Kind=spec.template`. */
  readonly templatePath?: readonly string[];
}

/**
 * Reads the flags.
 *
 * @throws PodhostError with every flag that is wrong
 */
export function instrumentFlags(flags: InstrumentFlags): { context: InstrumentContext; templatePaths: TemplatePaths } {
  const problems: Problem[] = [];
  const { endpoint, environment } = flags;
  if (endpoint !== undefined && !/^https?:\/\/[^\s/:]+(:\d{1,5})?(\/\S*)?$/.test(endpoint)) {
    problems.push({
      code: 'instrument/invalid-endpoint',
      message: `--endpoint ${JSON.stringify(endpoint)} is no address of a collector`,
      suggestion: `write: --endpoint ${defaultEndpoint.url}`,
    });
  }
  if (environment !== undefined && !isSafeValue(environment)) {
    problems.push({
      code: 'instrument/invalid-environment',
      message: `--environment ${JSON.stringify(environment)} holds characters that SDKs of several languages read in different ways`,
      suggestion: 'write it with A-Z a-z 0-9 . _ / @ : - alone, at most 255 of them',
    });
  }
  const templatePaths = new Map(
    (flags.templatePath ?? []).flatMap((written) => {
      const [, kind, path] = /^([\w./-]*[A-Z]\w*)=([\w.-]*)$/.exec(written) ?? [];
      if (kind === undefined || path === undefined) {
        problems.push({
          code: 'instrument/invalid-template-path',
          message: `--template-path ${JSON.stringify(written)} names no kind and path`,
          suggestion: 'write: --template-path example.com/Worker=spec.template',
        });
        return [];
      }
      return [[kind, pathIn(path)] as const];
    }),
  );
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const context: InstrumentContext = {
    endpoint: contractOf(flags),
    ...(environment === undefined ? {} : { environment }),
    ...(flags.protocol === undefined ? {} : { protocol: flags.protocol }),
    ...(flags.serviceNameFromLabels === undefined ? {} : { serviceNameFromLabels: true }),
  };
  return { context, templatePaths };
}

/**
 * The template paths of a configuration with those of the command line above them: a flag for a kind takes the place of
 * every path that the configuration gives the kind.
 */
export const mergedTemplatePaths = (configured: TemplatePaths, flags: TemplatePaths): TemplatePaths =>
  new Map([
    ...[...configured].filter(([name]) => {
      const at = name.lastIndexOf('/');
      return !namesOfKind(name.slice(0, at), name.slice(at + 1)).some((other) => flags.has(other));
    }),
    ...flags,
  ]);

function contractOf({ endpoint, endpointConfigMap }: InstrumentFlags): EndpointContract {
  const [name = '', key = endpointVariable] = endpointConfigMap?.split(':') ?? [];
  return {
    url: endpoint ?? defaultEndpoint.url,
    ...(name === '' ? {} : { configMap: { name, key } }),
    // Whoever names an address wants it everywhere.
    replaces: endpoint !== undefined || name !== '',
  };
}
