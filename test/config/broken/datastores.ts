import type { BrokenConfig } from './broken-config.ts';

/** Datastores and their SQL files. */
export const datastoresCases: readonly BrokenConfig[] = [
  {
    title: 'a name too long for a StatefulSet',
    change: {
      '- name: postgresql': '- name: «a-database-with-a-name-of-more-than-fifty-two-letters-x',
    },
    code: 'config/valid-name-length',
    message: 'a StatefulSet whose name has more than 52 characters starts no pod; this one has 55',
    suggestion: 'write: a-database-with-a-name-of-more-than-fifty-two-letter',
  },
  {
    title: 'an SQL file that does not exist',
    change: {
      'database: shop': 'database: shop\n    initSql: [«sql/none.sql]',
    },
    code: 'config/valid-init-sql',
    message: 'sql/none.sql does not exist',
    suggestion: 'write: a file, by its path from the folder of this configuration',
  },
  {
    title: 'a folder instead of an SQL file',
    change: {
      'database: shop': 'database: shop\n    initSql: [«sql]',
    },
    code: 'config/valid-init-sql',
    message: 'sql is a folder',
    suggestion: 'write: a file, by its path from the folder of this configuration',
  },
  {
    title: 'an SQL file that is not UTF-8',
    change: {
      'database: shop': 'database: shop\n    initSql: [«sql/latin1.sql]',
    },
    code: 'config/valid-init-sql',
    message: 'sql/latin1.sql is not UTF-8 text, and a ConfigMap holds nothing else',
    suggestion: 'write: a file, by its path from the folder of this configuration',
  },
  {
    title: 'an SQL file with a control character',
    change: {
      'database: shop': 'database: shop\n    initSql: [«sql/control.sql]',
    },
    code: 'config/valid-init-sql',
    message: 'sql/control.sql holds the character U+0085, which does not reach a ConfigMap as it is',
    suggestion: "write it as an escape in the SQL, such as U&'\\0085'",
  },
  {
    title: 'SQL files too large for a ConfigMap',
    change: {
      'database: shop': 'database: shop\n    initSql: «[sql/half.sql, sql/other-half.sql]',
    },
    code: 'config/valid-init-sql',
    message: 'the SQL files of datastore postgresql have 1200022 bytes together; a ConfigMap holds at most 1048576',
    suggestion: 'load the data after the first start, and keep only the tables here',
  },
  {
    title: 'an SQL file that the image would pass over',
    change: {
      'database: shop': 'database: shop\n    initSql: [«sql/schema.txt]',
    },
    code: 'config/valid-init-sql-name',
    message: "PostgreSQL's image runs files called *.sql, and passes over schema.txt",
    suggestion: 'rename it: schema.txt.sql',
  },
  {
    title: 'an SQL file that cannot be a key',
    change: {
      'database: shop': 'database: shop\n    initSql: [«"sql/the schema.sql"]',
    },
    code: 'config/valid-init-sql-name',
    message: 'the schema.sql cannot be a key of a ConfigMap',
    suggestion: 'rename it: the-schema.sql',
  },
  {
    title: 'two SQL files of one name',
    change: {
      'database: shop': 'database: shop\n    initSql: [sql/schema.sql, «sql/../schema.sql]',
    },
    code: 'config/valid-init-sql-name',
    message: 'sql/../schema.sql and sql/schema.sql (line 48) would both be schema.sql in the ConfigMap',
    suggestion: 'rename one of the two',
  },
  {
    title: 'SQL files in another order than their names',
    change: {
      'database: shop': 'database: shop\n    initSql: [sql/schema.sql, «sql/data.sql]',
    },
    code: 'config/valid-init-sql-name',
    message: 'the database runs the files in the order of their names: data.sql before schema.sql',
    suggestion: 'rename them in the order that is meant: 01-schema.sql, 02-data.sql',
  },
  {
    title: 'one SQL file twice',
    change: {
      'database: shop': 'database: shop\n    initSql: [sql/schema.sql, «sql/schema.sql]',
    },
    code: 'config/unique-list-entry',
    message: 'sql/schema.sql stands in line 48 already',
    suggestion: 'remove one of the two',
  },
  {
    title: 'a ConfigMap with the name of that of the SQL files',
    change: {
      'database: shop': 'database: shop\n    initSql: [sql/schema.sql]',
      'name: shop-config': 'name: «postgresql-init',
    },
    code: 'config/unique-object-name',
    message: 'the ConfigMap postgresql-init holds the SQL files of the datastore in line 45',
    suggestion: 'write: another name',
  },
  {
    title: 'a user that PostgreSQL keeps for itself',
    change: {
      'database: shop': 'database: shop\n    user: «pg_shop',
    },
    code: 'config/valid-postgresql-name',
    message: 'PostgreSQL keeps names that begin with pg_ for itself: pg_shop',
    suggestion: 'write: shop',
  },
  {
    title: 'a database that PostgreSQL makes others of',
    change: {
      'database: shop': 'database: «template1',
    },
    code: 'config/valid-postgresql-name',
    message: 'template1 is what PostgreSQL makes new databases of',
    suggestion: 'write: another name',
  },
];
