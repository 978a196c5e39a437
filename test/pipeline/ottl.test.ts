import { expect, test } from 'vitest';
import { attributesIn, traceStatements } from '../../lib/pipeline/ottl.ts';

test('statements of every form have their place and their context', () => {
  const settings = {
    trace_statements: [
      'set(span.name, "a")',
      { context: 'Resource', conditions: ['a == nil'], statements: ['delete_key(attributes,\n  "b")'] },
    ],
    traces: { span: ['attributes["c"] == nil'] },
    metric_statements: ['set(metric.name, "a")'],
  };
  expect(traceStatements(settings)).toEqual([
    { path: ['trace_statements', 0], text: 'set(span.name, "a")', context: undefined },
    { path: ['trace_statements', 1, 'conditions', 0], text: 'a == nil', context: 'resource' },
    { path: ['trace_statements', 1, 'statements', 0], text: 'delete_key(attributes, "b")', context: 'resource' },
    { path: ['traces', 'span', 0], text: 'attributes["c"] == nil', context: 'span' },
  ]);
});

test('an attribute has the scope that is written before it, or that of its statement', () => {
  const text = 'set(attributes["a"], resource.attributes["b"]) where scope.attributes["c"] == attributes["d"]';
  expect(attributesIn({ text, context: 'span' })).toEqual([
    { scope: 'span', name: 'a', isSet: true },
    { scope: 'resource', name: 'b', isSet: false },
    { scope: 'span', name: 'd', isSet: false },
  ]);
});
