import { posix } from 'node:path';
import { ApiObject, type App, Chart, DependencyGraph } from 'cdk8s';
import { ExtraFile, OutputFolder } from '../constructs/output.ts';
import { generatedHeader } from '../files/generated-mark.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import type { RenderedFile } from './rendered-file.ts';
import { repeatedObjects } from './repeated-objects.ts';

/**
 * All files of an app: one a chart, named after the chart's id and in its folder, and the extra files.
 *
 * Unlike `App.synth` it validates the tree once rather than once a chart, and it writes nothing.
 *
 * @throws PodhostError with all that the constructs' validations report, and with objects that are there twice
 */
export function renderApp(app: App): RenderedFile[] {
  const validations = app.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((message) => invalid(construct.node.path, message)));
  const problems = [...validations, ...repeatedObjects(app)];
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  return app.node.findAll().flatMap((construct) => {
    if (construct instanceof ExtraFile) {
      return [{ path: construct.path, content: construct.render() }];
    }
    return construct instanceof Chart ? renderChart(construct) : [];
  });
}

function renderChart(chart: Chart): RenderedFile[] {
  const objects = new DependencyGraph(chart.node)
    .topology()
    .filter((construct): construct is ApiObject => construct instanceof ApiObject && Chart.of(construct) === chart);
  if (objects.length === 0) {
    return [];
  }
  const documents = objects.map((object) => toYaml(object.toJson()));
  const path = posix.join(OutputFolder.pathOf(chart), `${chart.node.id}.yaml`);
  return [{ path, content: generatedHeader + documents.join('---\n') }];
}

const invalid = (path: string, message: string): Problem => ({ code: 'synth/invalid', message: `${path}: ${message}` });
