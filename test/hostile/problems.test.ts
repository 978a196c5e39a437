import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextSteps } from '../../lib/cli/next-steps.ts';
import { printable } from '../../lib/cli/printer.ts';
import { loadSystem } from '../../lib/config/load-system.ts';
import { systemInventoryText } from '../../lib/deploy/undeploy/inventory.ts';
import { formatProblems } from '../../lib/problems/format.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { outcomeText } from '../../lib/run/outcome.ts';
import { maskTexts } from '../../lib/secrets/mask-secrets.ts';
import { expectHarmless, hostileNames as text } from '../support/hostile.ts';
import { lineCount, problem, runs, sourceLines } from './arbitraries.ts';

describe('problems', () => {
  test('as text have a line for each thing that they say', () => {
    fc.assert(
      fc.property(
        fc.array(problem, { maxLength: 3 }),
        fc.option(sourceLines, { nil: undefined }),
        fc.boolean(),
        (problems, lines, colour) => {
          const printed = printable(formatProblems(problems, { format: 'text', colour, ...(lines && { lines }) }), {
            colour,
          });
          expectHarmless(printed, { colour });
          const most = problems.flatMap(({ details = [], suggestion }) => [
            ...details,
            'message',
            'excerpt',
            'caret',
            '',
            ...(suggestion === undefined ? [] : ['suggestion']),
          ]);
          expect(lineCount(printed)).toBeLessThanOrEqual(most.length + 2);
        },
      ),
      runs,
    );
  });

  test('as JSON are what they were, but for secrets', () => {
    fc.assert(
      fc.property(fc.array(problem, { maxLength: 3 }), (problems) => {
        const json = formatProblems(problems, { format: 'json' });
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ version: 1, problems: maskTexts(problems) })));
        expectHarmless(json);
      }),
      { ...runs, examples: [[[{ code: 'area/what', message: '', details: ['PW:@'] }]]] },
    );
  });

  test('that nothing catches are harmless as an error', () => {
    fc.assert(
      fc.property(problem, (each) => {
        expectHarmless(new PodhostError([each]).message);
      }),
      runs,
    );
  });
});
test('what a deployment reports is harmless', () => {
  const object = fc.record({ kind: text, apiVersion: text, name: text, namespace: text });
  fc.assert(
    fc.property(text, text, object, (action, step, each) => {
      const error = new PodhostError([{ code: 'deploy/x', message: action }]);
      const outcome = outcomeText({
        done: [step],
        step,
        action,
        rollback: { title: action, succeeded: true },
        notReached: [step],
        stopped: false,
        error,
      });
      const gone = {
        gitops: [each],
        objects: [each],
        releases: [{ release: each.name, namespace: each.namespace }],
        definitions: [step],
        secrets: [each],
        volumes: [each],
        namespaces: [each],
      };
      expectHarmless(outcome);
      expectHarmless(systemInventoryText({ ...gone, kept: undefined }, true));
      expect(lineCount(outcome)).toBe(4);
    }),
    runs,
  );
});

/** What a program can be given. */
const path = text.map((name) => name.replaceAll('\0', ''));

test('what is to be done next is harmless', () => {
  const { config } = loadSystem('config/dataprime-demo.yaml');
  const usual = lineCount(nextSteps({ config, configFile: 'a.yaml', output: 'dist' }));
  fc.assert(
    fc.property(path, path, (configFile, output) => {
      const steps = nextSteps({ config, configFile, output });
      expectHarmless(steps);
      expect(lineCount(steps)).toBe(usual);
    }),
    runs,
  );
});
