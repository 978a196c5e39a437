import type { TemplatePaths } from '../model/pod-template.ts';
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
      return [
        [
          kind,
          path
            .split('.')
            .filter((step) => step !== '')
            .map(stepOf),
        ] as const,
      ];
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
    serviceNameFromLabels: flags.serviceNameFromLabels === true,
  };
  return { context, templatePaths };
}

const stepOf = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

function contractOf({ endpoint, endpointConfigMap }: InstrumentFlags): EndpointContract {
  const [name = '', key = endpointVariable] = endpointConfigMap?.split(':') ?? [];
  return {
    url: endpoint ?? defaultEndpoint.url,
    ...(name === '' ? {} : { configMap: { name, key } }),
    // Whoever names an address wants it everywhere.
    replaces: endpoint !== undefined || name !== '',
  };
}
