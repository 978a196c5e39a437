import type { Variable } from '../../model/environment/variable.ts';
import type { Verdict } from '../hop.ts';
import type { Route } from '../route.ts';
import { placeOf, sourceOf, toldBy } from '../variable-source.ts';

/** Where the SDK is told to send. */
export function endpointVerdict(route: Route): Verdict {
  const { endpointVariable: variable, endpoint, protocol, protocolVariable } = route.settings;
  if (variable === undefined) {
    return withoutEndpoint(route);
  }
  const place = placeOf(route, variable);
  if (endpoint === undefined) {
    return { ...notRead(route, variable), place };
  }
  const unresolved = referenceIn(variable);
  if (unresolved !== undefined) {
    return { ...unresolved, says: `sends to ${endpoint.text}, which is no address`, place };
  }
  const because = [
    toldBy(route, variable),
    ...(protocolVariable === undefined ? [] : [toldBy(route, protocolVariable, protocol)]),
  ];
  const says = `sends to ${endpoint.text}${protocol === undefined ? '' : ` by ${protocol}`}`;
  return endpoint.scheme === undefined && endpoint.host.kind !== 'unresolved'
    ? {
        status: 'unknown',
        says,
        because: [{ says: 'SDKs read an endpoint without http:// differently' }, ...because],
        place,
      }
    : { status: 'ok', says, because, place };
}

function withoutEndpoint({ instrumentation, workload, container }: Route): Verdict {
  const place = workload.manifest.place([...container.path, 'env'], 'key');
  if (instrumentation.kind === 'injected') {
    const because = [{ says: 'the OpenTelemetry operator adds variables to its pods that no file shows' }];
    return { status: 'unknown', says: 'is told where to send by what was not read', because, place };
  }
  return instrumentation.kind === 'evident'
    ? {
        status: 'broken',
        says: 'is told no endpoint, and sends to localhost',
        because: [{ says: `no OTEL_EXPORTER_OTLP_ENDPOINT in container ${container.name}` }],
        place,
      }
    : {
        status: 'unknown',
        says: 'is told nothing: whether it sends spans, and where, is not known',
        because: [{ says: `container ${container.name} has nothing of an SDK that exports spans` }],
        place,
      };
}

/** A reference that was read and lacks the key keeps the pod from starting. */
function notRead(route: Route, variable: Variable): Omit<Verdict, 'place'> {
  const { origin, name } = variable;
  const data =
    origin.kind === 'configMap' ? route.model.lookup('ConfigMap', origin.name, route.workload.namespace) : undefined;
  return data === undefined || origin.kind !== 'configMap'
    ? {
        status: 'unknown',
        says: `reads ${name} from ${sourceOf(route, variable).replace(/,$/, '')}, which was not read`,
        because: [],
      }
    : {
        status: 'broken',
        says: `is told no endpoint: ConfigMap ${origin.name} has no key ${origin.key}`,
        because: [
          {
            says: 'a pod does not start while a key that it refers to is missing',
            place: data.manifest.place(['data'], 'key'),
          },
        ],
      };
}

/** A `$(NAME)` or `${NAME}` that is in the value when the process starts. */
function referenceIn({ value = '', origin, unexpanded }: Variable): Pick<Verdict, 'status' | 'because'> | undefined {
  if (value.includes('${')) {
    return { status: 'broken', because: [{ says: 'the kubelet replaces $(NAME), and leaves ${NAME} as it is' }] };
  }
  if (!value.includes('$(')) {
    return undefined;
  }
  if (origin.kind !== 'literal') {
    return {
      status: 'broken',
      because: [{ says: 'the kubelet replaces $(NAME) in env alone, and in no other object' }],
    };
  }
  const [first] = unexpanded;
  return first === undefined
    ? { status: 'unknown', because: [{ says: 'the value of a variable that it refers to was not read' }] }
    : { status: 'broken', because: [{ says: `no variable ${first} is declared before it` }] };
}
