import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { minimal } from './minimal.ts';
import { writeSqlFiles } from './sql-files.ts';
import { systemFile } from './system-file.ts';

const { folder, file, load, check } = systemFile();
writeSqlFiles(folder);

const withSql = (...paths: readonly string[]): string =>
  minimal.replace('database: shop', `database: shop\n    initSql: [${paths.join(', ')}]`);

test('the SQL of a datastore is loaded by base name, in the order of the file', () => {
  expect(load(withSql('sql/data.sql', 'schema.sql')).initSql).toEqual({
    redis: [],
    postgresql: [
      { name: 'data.sql', content: 'INSERT INTO item DEFAULT VALUES;\n' },
      { name: 'schema.sql', content: 'CREATE TABLE other ();\n' },
    ],
  });
});

test.each([
  ["CREATE ROLE shop LOGIN PASSWORD 'hunter2';", '2:34', 'a password'],
  ["alter user shop with encrypted password E'hunter2'", '2:43', 'a password'],
  ["INSERT INTO keys VALUES ('ghp_16C7e42F292c6912E7710c838347Ae178B4a');", '2:27', 'a GitHub token'],
])('a secret in SQL is told without showing it: %s', (line, at, what) => {
  writeFileSync(join(folder, 'secret.sql'), `-- roles\r\n${line}\r\n`);
  const [problem, ...others] = check(withSql('secret.sql'));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'config/no-secret-in-init-sql',
    message: `this SQL holds ${what}; a secret belongs in no file`,
    place: { file: join(folder, 'secret.sql') },
    confidential: true,
  });
  expect(`${problem?.place?.line}:${problem?.place?.column}`).toBe(at);
  expect(JSON.stringify(problem)).not.toMatch(/hunter2|ghp_/);
});

test('SQL that only speaks of passwords is fine', () => {
  writeFileSync(join(folder, 'users.sql'), 'CREATE TABLE users (password text NOT NULL, password_hint text);\n');
  expect(check(withSql('users.sql'))).toEqual([]);
});

test('paths start at the folder of the configuration, not at the current one', () => {
  expect(process.cwd()).not.toBe(folder);
  expect(load(withSql('./sql/../schema.sql')).initSql['postgresql']?.[0]?.name).toBe('schema.sql');
  expect(file.startsWith(folder)).toBe(true);
});
