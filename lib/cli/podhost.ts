#!/usr/bin/env node
import { outliveReaders } from './lost-readers.ts';
import { outputStreams } from './printer.ts';
import { run } from './run.ts';

outliveReaders(outputStreams);
// A bundle is a CommonJS file, which cannot wait at its top level.
run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
