import { ApiObject, App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ExtraFile } from '../../lib/constructs/output.ts';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { renderApp } from '../../lib/synth/render-app.ts';

function appWith(...values: string[]): App {
  const app = new App();
  const chart = new Chart(app, '10-config');
  values.forEach((value, index) => {
    new ApiObject(chart, `c${index}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `c${index}` },
      data: { value },
    });
  });
  return app;
}

test('a chart becomes one file of its name, objects in the order of the tree', () => {
  const [file, ...others] = renderApp(appWith('a', 'b'));
  expect(others).toEqual([]);
  expect(file?.path).toBe('10-config.yaml');
  expect(file?.content.startsWith(generatedHeader)).toBe(true);
  expect(parseAllDocuments(file?.content ?? '').map((document) => document.getIn(['metadata', 'name']))).toEqual([
    'c0',
    'c1',
  ]);
});

test('an object that depends on another comes after it', () => {
  const app = appWith('a', 'b');
  const [chart] = app.charts;
  chart?.node.findChild('c0').node.addDependency(chart.node.findChild('c1'));
  const [file] = renderApp(app);
  expect(file?.content.match(/name: c\d/g)).toEqual(['name: c1', 'name: c0']);
});

test('an empty chart makes no file, and an extra file stands beside the manifests', () => {
  class Values extends ExtraFile {
    readonly path = 'helm/values.yaml';
    render = () => 'a: 1\n';
  }
  const app = new App();
  new Chart(app, 'empty');
  new Values(app, 'values');
  expect(renderApp(app)).toEqual([{ path: 'helm/values.yaml', content: 'a: 1\n' }]);
});

test('all validations of the tree are reported at once', () => {
  const app = appWith('a');
  app.node.addValidation({ validate: () => ['first', 'second'] });
  app.charts[0]?.node.addValidation({ validate: () => ['third'] });
  expect(() => renderApp(app)).toThrow(/first\n.*second\n.*10-config: third/);
});
