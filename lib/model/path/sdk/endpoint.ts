import { configObjects } from '../../environment/config-objects.ts';
import type { Variable } from '../../environment/variable.ts';
import { injectionOf, rivalsOf } from '../../spans/injection.ts';
import { endpointProblem, staysAsItIs } from '../endpoint-problem.ts';
import type { Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy, placeOf, sourceOf } from '../variable-source.ts';
import { referenceVerdict } from './reference-verdict.ts';

/** The endpoint that the SDK is configured with. */
export function endpointVerdict(spanPath: SpanPath): Verdict {
  const { endpointVariable: variable, endpoint, protocol, protocolVariable } = spanPath.settings;
  if (variable === undefined) {
    return withoutEndpoint(spanPath);
  }
  const place = placeOf(spanPath, variable);
  if (endpoint === undefined) {
    return { ...notRead(spanPath, variable), place };
  }
  const unresolved = referenceVerdict(spanPath, variable);
  if (unresolved !== undefined) {
    return { ...unresolved, message: `sends to ${endpoint.text}, which is no address`, place };
  }
  const reasons = [
    configuredBy(spanPath, variable),
    ...(protocolVariable === undefined ? [] : [configuredBy(spanPath, protocolVariable, protocol)]),
  ];
  const message = `sends to ${endpoint.text}${protocol === undefined ? '' : ` by ${protocol}`}`;
  const wrong = wrongShape(spanPath);
  return wrong === undefined
    ? { status: 'ok', message, reasons, place }
    : { status: 'broken', cause: 'endpoint', message, reasons: [{ message: wrong }, ...reasons], place };
}

/** What is wrong with the text of an endpoint that leads where it should; the listener judges TLS. */
function wrongShape({ model, answer, settings, ...others }: SpanPath): string | undefined {
  const { endpoint, endpointVariable: variable } = settings;
  if (endpoint === undefined || variable === undefined || answer === undefined) {
    return undefined;
  }
  const span = { ...others, settings, endpoint, variable, answer };
  const problem = staysAsItIs(span) ? endpointProblem(model, span) : undefined;
  return problem === undefined || problem.kind === 'tls' ? undefined : problem.reason;
}

function withoutEndpoint({ model, instrumentation, workload, container }: SpanPath): Verdict {
  const place = () => workload.manifest.place([...container.path, 'env'], 'key');
  const injection = instrumentation.kind === 'injected' ? injectionOf(model, workload, container) : undefined;
  const rivals = injection && rivalsOf(model, workload, injection);
  if (rivals !== undefined) {
    return {
      status: 'broken',
      cause: 'no-injection',
      message: 'the OpenTelemetry operator injects nothing',
      reasons: rivals.map((manifest) => ({
        message: `${manifest.title} is one of ${rivals.length} in namespace ${workload.namespace}, and the annotation names none`,
        place: () => manifest.place(['metadata', 'name']),
      })),
      place: () => workload.place(['metadata', 'annotations'], 'key'),
    };
  }
  if (instrumentation.kind === 'injected') {
    const reasons = [{ message: 'the OpenTelemetry operator adds variables to its pods that no file shows' }];
    return { status: 'unknown', message: 'has an endpoint that was not read', reasons, place };
  }
  return instrumentation.kind === 'evident'
    ? {
        status: 'unknown',
        message: 'has no endpoint: without one in the program, spans go to localhost',
        reasons: [{ message: `no OTEL_EXPORTER_OTLP_ENDPOINT in container ${container.name}` }],
        place,
      }
    : {
        status: 'unknown',
        message: 'has no endpoint: whether it sends spans, and where, is not known',
        reasons: [{ message: `container ${container.name} has nothing of an SDK that exports spans` }],
        place,
      };
}

/** A reference that was read and lacks the key keeps the pod from starting. */
function notRead(spanPath: SpanPath, variable: Variable): Verdict {
  const { origin, name } = variable;
  const data =
    origin.kind === 'configMap'
      ? spanPath.model.lookup('ConfigMap', origin.name, spanPath.workload.namespace)
      : undefined;
  // Another manifest of the same object may have the key, such as the base of an overlay.
  const isElsewhere =
    origin.kind === 'configMap' &&
    configObjects(spanPath.model, 'ConfigMap', origin.name).some(
      (found) => found.get('data', origin.key) !== undefined || found.get('binaryData', origin.key) !== undefined,
    );
  if (data !== undefined && origin.kind === 'configMap' && origin.optional && !isElsewhere) {
    return {
      status: 'unknown',
      message: 'has no endpoint: without one in the program, spans go to localhost',
      reasons: [
        { message: `${name} is not set: ConfigMap ${origin.name} has no key ${origin.key}, and it is optional` },
      ],
    };
  }
  return data === undefined || origin.kind !== 'configMap' || isElsewhere
    ? {
        status: 'unknown',
        message: `reads ${name} from ${sourceOf(spanPath, variable).replace(/,$/, '')}, which was not read`,
        reasons: [],
      }
    : {
        status: 'broken',
        cause: 'missing-key',
        message: `has no endpoint: ConfigMap ${origin.name} has no key ${origin.key}`,
        reasons: [
          {
            message: 'a pod does not start while a key that it refers to is missing',
            place: () => data.manifest.place(['data'], 'key'),
          },
        ],
      };
}
