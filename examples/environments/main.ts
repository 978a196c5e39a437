// One system in two environments that Argo CD keeps: what they share is written once, and each has a folder of its own.
// Outside this repository import from 'cdk8s-podhost'.
import { join } from 'node:path';
import { App } from 'cdk8s';
import { loadSystem, System, synthesize } from '../../lib/index.ts';

const output = process.env['CDK8S_OUTDIR'] ?? 'dist';

for (const environment of ['staging', 'production']) {
  const app = new App();
  const files = ['base.yaml', `${environment}.yaml`].map((file) => join(import.meta.dirname, file));
  new System(app, 'System', loadSystem(files));
  synthesize(app, { output: join(output, environment) });
}
