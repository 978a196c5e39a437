import { App } from 'cdk8s';
import { reportFailure, reportWarnings } from './lib/cli/report-failure.ts';
import { loadSystem, System, synthesize } from './lib/index.ts';

// What `cdk8s synth` runs. It empties the output folder before it comes here; `npm run synth` does not.
try {
  const app = new App();
  const loaded = loadSystem((process.env['PODHOST_CONFIG'] ?? 'config/dataprime-demo.yaml').split(','));
  reportWarnings(loaded.warnings);
  new System(app, 'System', loaded);
  synthesize(app);
} catch (error) {
  process.exitCode = reportFailure(error);
}
