import { App } from 'cdk8s';
import { loadSystem, System } from '../lib/index.ts';

// The same constructs as `podhost synth`, written as cdk8s itself writes them.
const app = new App();
new System(app, 'System', loadSystem(process.env['PODHOST_CONFIG'] ?? ''));
app.synth();
