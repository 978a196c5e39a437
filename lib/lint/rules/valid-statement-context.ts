import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { attributesIn, type NamedAttribute, type Statement, traceStatements } from '../../pipeline/ottl.ts';
import type { Rule } from '../rule.ts';

export const validStatementContext: Rule = {
  id: 'valid-statement-context',
  severity: 'error',
  documentation: {
    summary:
      'Reports a statement or condition that looks for an attribute of the resource on the span, or the reverse.',
    why: 'A span and its resource have attributes of their own: `service.name` and `k8s.*` stand on the resource, `http.*` and `db.*` on the span. A statement in the wrong context finds nothing, and what it sets there is not where the views look for it. Nothing is logged: the condition is simply never true.',
    remediation: 'Name the attribute with its owner: `resource.attributes["…"]` or `span.attributes["…"]`.',
    example: `processors:
  transform/names:
    trace_statements:
      - context: span
        statements:
          - set(span.name, "probe") where resource.attributes["k8s.namespace.name"] == "monitoring"`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/contexts'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

/** Attributes that SDKs, detectors and k8sattributes put on the resource alone. */
const ofResource =
  /^(service\.(name|namespace|instance\.id|version)|k8s\.|container\.(id|name|image)|host\.(name|id|type|arch)$|os\.(type|version)$|cloud\.|telemetry\.(sdk|distro)\.|deployment\.environment|cx\.(application|subsystem)\.name$|process\.(pid|runtime|executable|command))/;

/** Attributes that instrumentations put on spans alone. */
const ofSpan =
  /^(http\.(method|request|response|status_code|route|target|url|scheme|host|user_agent|flavor)|url\.|db\.|rpc\.|messaging\.|net\.peer|network\.|client\.|enduser\.|user_agent\.|graphql\.|cgx\.transaction|exception\.|error\.type$|code\.)/;

/** What the views read of the resource and not of spans. */
const identity = new Set([
  'service.name',
  'k8s.pod.name',
  'k8s.node.name',
  'k8s.cluster.name',
  'cx.application.name',
  'cx.subsystem.name',
]);

function problemsOf(collector: Collector): PartProblem[] {
  const used = new Set(collector.pipelines.of('traces').flatMap(({ processors }) => processors));
  const processors = componentsOf(collector, 'processors', 'transform', 'filter').filter(({ id }) => used.has(id));
  const statements = processors.map(({ id, settings }) => ({ id, statements: traceStatements(settings) }));
  const set = new Set(
    statements.flatMap((each) =>
      each.statements.flatMap((statement) =>
        attributesIn(statement).flatMap(({ isSet, scope, name }) => (isSet ? [`${scope} ${name}`] : [])),
      ),
    ),
  );
  const moved = componentsOf(collector, 'processors', 'attributes', 'groupbyattrs').length > 0;
  return moved
    ? []
    : statements.flatMap(({ id, statements: all }) =>
        all.flatMap((statement) => problemOf(collector, id, statement, set) ?? []),
      );
}

function problemOf(
  { title }: Collector,
  id: string,
  statement: Statement,
  set: ReadonlySet<string>,
): PartProblem | undefined {
  const attributes = attributesIn(statement);
  const wrong = attributes.find((attribute) => isMisplaced(attribute, attributes, set));
  if (wrong === undefined || statement.text.startsWith('keep_keys(')) {
    return undefined;
  }
  const { scope, name, isSet } = wrong;
  const meant = scope === 'span' ? 'resource' : 'span';
  return {
    path: ['processors', id, ...statement.path],
    message: isSet
      ? `${id} of ${title} sets ${name} on the ${scope}, and the views read it from the ${meant}`
      : `${id} of ${title} looks for ${name} on the ${scope}, and it stands on the ${meant}`,
    suggestion: `write: ${meant}.attributes["${name}"]`,
  };
}

function isMisplaced(
  { scope, name, isSet }: NamedAttribute,
  all: readonly NamedAttribute[],
  set: ReadonlySet<string>,
): boolean {
  if (isSet) {
    // A copy of what the resource has is wanted on the span as well.
    const isCopy = all.some((other) => !other.isSet && other.scope === 'resource');
    return scope === 'span' && identity.has(name) && !isCopy;
  }
  return !set.has(`${scope} ${name}`) && (scope === 'span' ? ofResource : ofSpan).test(name);
}
