import type { Variable } from '../../model/environment/variable.ts';
import type { Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy, placeOf, sourceOf } from '../variable-source.ts';

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
  const unresolved = referenceIn(variable);
  if (unresolved !== undefined) {
    return { ...unresolved, message: `sends to ${endpoint.text}, which is no address`, place };
  }
  const reasons = [
    configuredBy(spanPath, variable),
    ...(protocolVariable === undefined ? [] : [configuredBy(spanPath, protocolVariable, protocol)]),
  ];
  const message = `sends to ${endpoint.text}${protocol === undefined ? '' : ` by ${protocol}`}`;
  return endpoint.scheme === undefined && endpoint.host.kind !== 'unresolved'
    ? {
        status: 'unknown',
        message,
        reasons: [{ message: 'SDKs read an endpoint without http:// differently' }, ...reasons],
        place,
      }
    : { status: 'ok', message, reasons, place };
}

function withoutEndpoint({ instrumentation, workload, container }: SpanPath): Verdict {
  const place = workload.manifest.place([...container.path, 'env'], 'key');
  if (instrumentation.kind === 'injected') {
    const reasons = [{ message: 'the OpenTelemetry operator adds variables to its pods that no file shows' }];
    return { status: 'unknown', message: 'has an endpoint that was not read', reasons, place };
  }
  return instrumentation.kind === 'evident'
    ? {
        status: 'broken',
        message: 'has no endpoint, and sends to localhost',
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
function notRead(spanPath: SpanPath, variable: Variable): Omit<Verdict, 'place'> {
  const { origin, name } = variable;
  const data =
    origin.kind === 'configMap'
      ? spanPath.model.lookup('ConfigMap', origin.name, spanPath.workload.namespace)
      : undefined;
  return data === undefined || origin.kind !== 'configMap'
    ? {
        status: 'unknown',
        message: `reads ${name} from ${sourceOf(spanPath, variable).replace(/,$/, '')}, which was not read`,
        reasons: [],
      }
    : {
        status: 'broken',
        message: `has no endpoint: ConfigMap ${origin.name} has no key ${origin.key}`,
        reasons: [
          {
            message: 'a pod does not start while a key that it refers to is missing',
            place: data.manifest.place(['data'], 'key'),
          },
        ],
      };
}

/** A `$(NAME)` or `${NAME}` that is in the value when the process starts. */
function referenceIn({ value = '', origin, unexpanded }: Variable): Pick<Verdict, 'status' | 'reasons'> | undefined {
  if (value.includes('${')) {
    return { status: 'broken', reasons: [{ message: 'the kubelet expands $(NAME), and never ${NAME}' }] };
  }
  if (!value.includes('$(')) {
    return undefined;
  }
  if (!['literal', 'operator', 'property'].includes(origin.kind)) {
    return {
      status: 'broken',
      reasons: [{ message: 'the kubelet expands $(NAME) only in env, not in the data of another object' }],
    };
  }
  const [first] = unexpanded;
  return first === undefined
    ? { status: 'unknown', reasons: [{ message: 'the value of a variable that it refers to was not read' }] }
    : { status: 'broken', reasons: [{ message: `no variable ${first} is declared before it` }] };
}
