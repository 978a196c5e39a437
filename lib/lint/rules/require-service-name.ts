import { groupBy } from '../../group-by.ts';
import { serviceNameFor } from '../../instrument/identity.ts';
import { ownerOf } from '../../instrument/instrument-template.ts';
import type { Model } from '../../model/model.ts';
import { isCollectorContainer } from '../../model/spans/collector-container.ts';
import { instrumentedContainers, isInstrumented } from '../../model/spans/instrumentation.ts';
import { isOffTheShelf } from '../../model/spans/off-the-shelf.ts';
import { isNamedElsewhere, serviceNameOf } from '../../model/spans/service-name.ts';
import type { Workload } from '../../model/workload.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { environmentFix } from './support/environment-fix.ts';
import { usersOf } from './support/value-source.ts';

export const requireServiceName: Rule = {
  id: 'require-service-name',
  severity: 'warning',
  documentation: {
    summary: 'Reports a container that sends spans without a service name.',
    why: 'An SDK without a name calls the service `unknown_service`, or that and the name of the process. All services without a name become one row of the Service Catalog, and none of them is found under its own.',
    remediation: 'Set `OTEL_SERVICE_NAME`, best to the name of the workload.',
    example: `env:
  - name: OTEL_SERVICE_NAME
    value: api-gateway`,
    see: ['https://opentelemetry.io/docs/specs/semconv/resource/#service'],
  },
  check: (model) => [...unnamed(model), ...silent(model)],
};

const unnamed = (model: Model): RuleFinding[] =>
  instrumentedContainers(model)
    .filter(
      (found) =>
        found.instrumentation.kind === 'evident' && serviceNameOf(found) === undefined && !isNamedElsewhere(found),
    )
    .map((found) => {
      const { workload, container } = found;
      const { manifest } = workload;
      const owner = ownerOf(manifest.value, workload.podTemplate, workload.namespace);
      const name = serviceNameFor(owner, container.name, false);
      return {
        message: `${workload.title} sends spans, and container ${container.name} has no service name`,
        place: manifest.place([...container.path, 'env'], 'key'),
        suggestion: `add: OTEL_SERVICE_NAME=${name}`,
        manifest,
        fix: environmentFix(model, found, [{ kind: 'value', name: 'OTEL_SERVICE_NAME', value: name }]).fix,
      };
    });

/** Where nearly all workloads of a namespace send spans, one without any variable of an SDK may have been forgotten. */
function silent(model: Model): RuleFinding[] {
  const programs = model.workloads.filter((workload) => isProgram(model, workload));
  return [...groupBy(programs, ({ namespace }) => namespace)].flatMap(([namespace, workloads]): RuleFinding[] => {
    const others = workloads.filter((workload) => !isInstrumented(model, workload));
    const [first] = others;
    const sending = workloads.length - others.length;
    if (first === undefined || sending <= others.length) {
      return [];
    }
    const has = others.length === 1 ? 'has' : 'have';
    return [
      {
        message: `${usersOf(others.map((workload) => ({ workload })))} ${has} no variable of an SDK, and ${sending} of ${workloads.length} workloads of namespace ${namespace} have: whether spans come from there is not known`,
        place: first.manifest.place(['metadata', 'name']),
        suggestion: `add: OTEL_SERVICE_NAME=${first.name}`,
        manifest: first.manifest,
        cannotTell: true,
      },
    ];
  });
}

const isProgram = (model: Model, workload: Workload): boolean =>
  workload.kind === 'Deployment' &&
  workload.containers.every(
    (container) => !isOffTheShelf(container) && !isCollectorContainer(model, workload, container),
  );
