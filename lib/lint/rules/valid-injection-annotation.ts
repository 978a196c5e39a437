import type { Model } from '../../model/model.ts';
import { injectionOf, rivalsOf } from '../../model/spans/injection.ts';
import type { Workload } from '../../model/workload.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { textsAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const validInjectionAnnotation: Rule = {
  id: 'valid-injection-annotation',
  severity: 'error',
  documentation: {
    summary: 'Reports annotations for the OpenTelemetry operator that it does not look at.',
    why: 'The operator changes pods when they are made, and reads the annotations of the pod and of its namespace. `true` asks for the only Instrumentation of the namespace: of several it takes none. On the Deployment itself they do nothing: no agent is loaded, no sidecar is added, and the service sends no spans. The same holds for a language that it does not know.',
    remediation: 'Move the annotation to `spec.template.metadata.annotations`.',
    example: `spec:
  template:
    metadata:
      annotations:
        instrumentation.opentelemetry.io/inject-java: "true"`,
    see: ['https://github.com/open-telemetry/opentelemetry-operator#opentelemetry-auto-instrumentation-injection'],
  },
  check: (model) =>
    model.workloads.flatMap((workload): RuleFinding[] => {
      const { manifest } = workload;
      const own = workload.kind === 'Pod' ? {} : textsAt(manifest.value, 'metadata', 'annotations');
      const misplaced = Object.keys(own)
        .filter((name) => isInjection(name) && !Object.hasOwn(workload.annotations, name) && own[name] !== 'false')
        .map((name) => ({
          message: `${name} stands on ${workload.title} itself, and the operator reads the annotations of its pods`,
          place: manifest.place(['metadata', 'annotations', name], 'key'),
          suggestion: `move it to spec.template.metadata.annotations: ${name}: "${own[name]}"`,
          manifest,
        }));
      const unknown = Object.keys(workload.annotations).flatMap((name): RuleFinding[] => {
        const [, language = ''] = /^instrumentation\.opentelemetry\.io\/inject-(.*)$/.exec(name) ?? [];
        if (language === '' || languages.includes(language)) {
          return [];
        }
        const meant = didYouMean(language, languages);
        return [
          {
            message: `${name} of ${workload.title} names a language that the operator does not know`,
            place: workload.place(['metadata', 'annotations', name], 'key'),
            suggestion:
              meant === undefined
                ? `write one of inject-${languages.join(', inject-')}`
                : `write: instrumentation.opentelemetry.io/inject-${meant}`,
            manifest,
          },
        ];
      });
      return [...misplaced, ...unknown, ...undecided(model, workload)];
    }),
};

/** Several Instrumentations, and an annotation that names none. */
function undecided(model: Model, workload: Workload): RuleFinding[] {
  const found = workload.containers.flatMap((container) => {
    const injection = injectionOf(model, workload, container);
    const rivals = injection && rivalsOf(model, workload, injection);
    return injection === undefined || rivals === undefined ? [] : [{ injection, rivals }];
  });
  return found.slice(0, 1).map(({ injection: { annotation }, rivals }) => ({
    message: `${annotation} of ${workload.title} is true, and namespace ${workload.namespace} has ${rivals.length} Instrumentations: the operator injects nothing`,
    place: workload.place(['metadata', 'annotations', annotation]),
    suggestion: `write: ${oneOf(rivals.map(({ name }) => `"${name}"`))}`,
    manifest: workload.manifest,
  }));
}

const languages = ['java', 'nodejs', 'python', 'dotnet', 'go', 'apache-httpd', 'nginx', 'sdk'];

const isInjection = (name: string): boolean =>
  name.startsWith('instrumentation.opentelemetry.io/') || name === 'sidecar.opentelemetry.io/inject';
