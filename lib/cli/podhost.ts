#!/usr/bin/env node
import { reportDirectly } from './printer.ts';
import { run } from './run.ts';

reportDirectly();
// A bundle is a CommonJS file, which cannot wait at its top level.
run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
