import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { documentationFiles } from '../lib/lint/documentation.ts';
import { describedRules } from '../lib/lint/rules/index.ts';

const folder = new URL('../docs/rules/', import.meta.url);
const files = documentationFiles(describedRules);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) {
  if (!files.has(name)) {
    rmSync(new URL(name, folder));
  }
}
for (const [name, text] of files) {
  writeFileSync(new URL(name, folder), text);
}
