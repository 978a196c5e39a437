import { ensureLanguages } from './languages.ts';
import { ensurePython } from './python.ts';

// node --import tsx e2e/support/build.ts: what the tests need from the world, before they run in a network of their own
try {
  console.log(`python\t${await ensurePython()}`);
  for (const [language, command] of Object.entries(await ensureLanguages())) console.log(`${language}\t${command[0]}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(3);
}
