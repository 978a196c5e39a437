#!/usr/bin/env node
import { outliveReaders } from './lost-readers.ts';
import { outputStreams } from './printer.ts';
import { run } from './run.ts';

outliveReaders(outputStreams);
process.exitCode = await run(process.argv.slice(2));
