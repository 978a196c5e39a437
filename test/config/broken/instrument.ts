import type { BrokenConfig } from './broken-config.ts';

const route = '    - { path: /, service: web }\n';
const instrument = (text: string) => ({ [route]: `${route}instrument: ${text}\n` });

/** Which existing workloads are instrumented, and how. */
export const instrumentCases: readonly BrokenConfig[] = [
  {
    title: 'a kind with two pod templates',
    change: instrument(
      '{ templates: [{ apiVersion: a.com/v1, kind: Worker, path: spec.a }, «{ apiVersion: a.com/v1, kind: Worker, path: spec.b }] }',
    ),
    code: 'config/unique-template',
    message: 'a.com/v1/Worker stands in line 55 already',
    suggestion: 'remove one of the two',
  },
  {
    title: 'a path of a pod template in the words of JSON',
    change: instrument('{ templates: [{ apiVersion: a.com/v1, kind: Worker, path: «/spec/template }] }'),
    code: 'config/invalid-value',
    message: 'instrument.templates[0].path must be a path such as spec.podTemplate, not "/spec/template"',
    suggestion: 'write: a path such as spec.podTemplate',
  },
  {
    title: 'a label selector that is none',
    change: instrument('{ select: { labels: «a in b } }'),
    code: 'config/invalid-value',
    message:
      'instrument.select.labels must be a label selector as for kubectl, such as app=web,tier!=cache,env in (prod, staging),!legacy, not "a in b"',
    suggestion: 'write: a label selector as for kubectl, such as app=web,tier!=cache,env in (prod, staging),!legacy',
  },
  {
    title: 'a language without an SDK',
    change: instrument('{ languages: { web: «cobol } }'),
    code: 'config/invalid-value',
    message: 'instrument.languages.web must be java, nodejs, python, dotnet, go, ruby, php, rust or cpp, not "cobol"',
    suggestion: 'write: java, nodejs, python, dotnet, go, ruby, php, rust or cpp',
  },
];
