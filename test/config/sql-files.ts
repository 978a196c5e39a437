import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** SQL files as the broken configurations name them. */
export function writeSqlFiles(folder: string): void {
  mkdirSync(join(folder, 'sql'));
  const half = 'x'.repeat(600_000);
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'schema.sql': 'CREATE TABLE other ();\n',
    'sql/schema.sql': 'CREATE TABLE item ();\n',
    'sql/data.sql': 'INSERT INTO item DEFAULT VALUES;\n',
    'sql/schema.txt': '',
    'sql/the schema.sql': '',
    'sql/half.sql': half,
    'sql/other-half.sql': half,
    'sql/control.sql': "SELECT 'a\u0085b';\n",
    'sql/latin1.sql': Uint8Array.from([0x2d, 0x2d, 0xe9]),
  };
  for (const [path, content] of Object.entries(files)) {
    writeFileSync(join(folder, path), content);
  }
}
