#!/usr/bin/env node
import { run } from './run.ts';

// `podhost check | head` closes the pipe before everything is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

process.exitCode = await run(process.argv.slice(2));
