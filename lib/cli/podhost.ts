#!/usr/bin/env node
import { run } from './run.ts';

// A bundle is a CommonJS file, which cannot wait at its top level.
run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
