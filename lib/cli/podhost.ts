#!/usr/bin/env node
import { outliveReaders } from './lost-readers.ts';
import { run } from './run.ts';

outliveReaders([process.stdout, process.stderr]);
process.exitCode = await run(process.argv.slice(2));
