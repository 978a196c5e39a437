import { Testing } from 'cdk8s';
import { describe, test } from 'vitest';
import { textWithTemplates } from '../../lib/chart/template-text.ts';
import { ApplicationConfig } from '../../lib/constructs/application-config.ts';
import { readDomain } from '../../lib/coralogix/domain.ts';
import { Pipelines } from '../../lib/pipeline/pipelines.ts';
import { countingPipelines, firstBefore, pathTo, pipelinesOfSpans } from '../../lib/pipeline/spans.ts';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';
import { comment } from '../../lib/text/shell.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { kubernetesSchema } from '../../lib/yaml/schema.ts';
import { expectLinear } from '../support/scaling.ts';

const props = {
  name: 'config',
  partOf: 'shop',
  endpoint: 'http://agent:4317',
  domain: 'eu2.coralogix.com',
  applicationName: 'shop',
  environment: 'test',
};

const context = { Values: {}, Release: {}, Chart: {} };

/** A chain of pipelines, each of which counts spans and feeds the next one. */
function chain(length: number): Pipelines {
  const ids = Array.from({ length }, (_, index) => index);
  return new Pipelines({
    connectors: Object.fromEntries([['spanmetrics', {}], ...ids.map((index) => [`forward/${index}`, {}])]),
    service: {
      pipelines: Object.fromEntries(
        ids.map((index) => [
          `traces/${index}`,
          {
            receivers: [index === 0 ? 'otlp' : `forward/${index - 1}`],
            processors: ['batch'],
            exporters: ['spanmetrics', `forward/${index}`],
          },
        ]),
      ),
    },
  });
}

const works: readonly (readonly [string, (text: (part: string) => string, count: number) => () => unknown])[] = [
  ['masking of one line', (text) => () => maskSecrets(text('aZ9 '))],
  ['masking of what begins as a web token', (text) => () => maskSecrets(text('eyJ-'))],
  ['masking of empty lines', (text) => () => maskSecrets(`x${text('\n')}`)],
  ['blanks behind a template', (text) => () => textWithTemplates(`{{ "a" }}${text(' ')}x`, context)],
  ['templates', (text) => () => textWithTemplates(text('{{- "a" -}} '), context)],
  ['quotes of a template without an end', (text) => () => textWithTemplates(`{{ ${text('\\"')} }}`, context)],
  [
    'texts without an end in many templates',
    (text) => () => textWithTemplates(text(`{{ ${'\\"'.repeat(4000)} }}`), context),
  ],
  ['beginnings of templates', (text) => () => textWithTemplates(`${text('{{')} }}`, context)],
  ['dots behind a domain', (text) => () => readDomain(`a${text('.')}-`)],
  ['queries of a domain', (text) => () => readDomain(`a${text('?#')}\n`)],
  ['blanks of a comment', (text) => () => comment(`a${text(' ')}b`)],
  ['empty lines of YAML', (text) => () => parseYaml(`a: 1${text('\n')}b: 2`, kubernetesSchema)],
  [
    'pipelines that feed each other',
    (_, count) => {
      const length = Math.ceil(count / 50);
      return () => {
        const pipelines = chain(length);
        firstBefore(countingPipelines(pipelines), 'k8sattributes');
        pathTo(pipelinesOfSpans(pipelines), `forward/${length - 1}`);
      };
    },
  ],
];

test('time grows no faster than in proportion to the keys of a ConfigMap that is synthesized', () => {
  expectLinear((count) => {
    const data = Object.fromEntries(Array.from({ length: count }, (_, index) => [`KEY_${index}`, 'x']));
    return () => {
      const chart = Testing.chart();
      new ApplicationConfig(chart, 'Config', { ...props, data });
      return Testing.synth(chart);
    };
  }, 4000);
});

describe('time grows no faster than in proportion to', () => {
  test.each(works)('%s', (_, prepare) => {
    expectLinear((count) => prepare((part) => part.repeat(Math.ceil(count / part.length)), count), 20_000);
  });
});
