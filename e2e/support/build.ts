import { ensurePython } from './python.ts';

// node --import tsx e2e/support/build.ts: what the tests need from the world, before they run in a network of their own
try {
  console.log(`python\t${await ensurePython()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(3);
}
