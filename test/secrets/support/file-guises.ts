import { base64, drawn, privateKey } from './drawn.ts';
import { type Guise, password, within } from './guise.ts';

const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join('');

/** Secrets in files that stand as one value, such as those of a ConfigMap. */
export const fileGuises: readonly Guise[] = [
  within('app.yaml', 'a password', 'db:\n  user: shop\n  password: ', password, '\n  port: 5432\n'),
  within('app.yaml', 'a password', 'db:\n  password: >-\n    ', password, '\n  port: 5432\n'),
  within('app.yaml', 'a password', 'db:\n  password:\n    value: ', password, '\n'),
  within(
    'pod.yaml',
    'a password',
    'env:\n  - name: DB_PASSWORD\n    value: ',
    password,
    '\n  - name: PORT\n    value: "80"\n',
  ),
  within('pod.yaml', 'a token', 'args:\n  - --api-token\n  - ', password, '\n  - --port=80\n'),
  within('app.json', 'a secret', '{\n  "client_id": "shop",\n  "client_secret": "', password, '"\n}\n'),
  within('app.toml', 'a password', '[database]\nuser = "shop"\npassword = "', password, '"\n'),
  within('.env', 'a password', '# database\nDB_USER=shop\nDB_PASSWORD=', password, '\nPORT=80\n'),
  within(
    'app.properties',
    'a password',
    'spring.datasource.username=shop\nspring.datasource.password=',
    password,
    '\n',
  ),
  within('redis.conf', 'a password', 'port 6379\nrequirepass ', password, '\nappendonly no\n'),
  within('.npmrc', 'a token', '//registry.example.com/:_authToken=', drawn(36), '\n'),
  within('.netrc', 'a password', 'machine git.example.com login ci password ', password, '\n'),
  within(
    'prometheus.yml',
    'a password',
    'scrape_configs:\n  - basic_auth:\n      username: shop\n      password: ',
    password,
    '\n',
  ),
  within('init.sql', 'a password', "CREATE ROLE shop LOGIN\n  PASSWORD\n  '", password, "';\n"),
  within('init.sql', 'a password', 'CREATE ROLE shop PASSWORD $$', password, '$$;\n'),
  within('init.sql', 'a password', 'CREATE ROLE shop PASSWORD $tag$', password, '$tag$;\n'),
  within('init.sql', 'a password', "SET PASSWORD FOR 'shop'@'%' = PASSWORD('", password, "');\n"),
  within('init.sql', 'a password', "ALTER ROLE shop /* ci */ PASSWORD -- set\n E'", password, "';\n"),
  within('credentials', 'a key', '[default]\naws_secret_access_key = ', drawn(40), '\nregion = eu-west-1\n'),
  within(
    '.dockerconfigjson',
    'a password',
    '{"auths":{"registry.example.com":{"username":"ci","password":"',
    password,
    '"}}}',
  ),
  within('.dockerconfigjson', 'a password', '{"auths":{"registry.example.com":{"auth":"', base64('ci:hunter2'), '"}}}'),
  within('kubeconfig', 'a token', `${lines('users:', '- name: ci', '  user:')}    token: `, drawn(40), '\n'),
  within(
    'kubeconfig',
    'a key',
    `${lines('users:', '- name: ci', '  user:')}    client-key-data: `,
    base64(privateKey('EC ')),
    '\n',
  ),
  within(
    'account.json',
    'a private key',
    '{"type":"service_account","private_key_id":"1","private_key":"',
    privateKey().replaceAll('\n', '\\n').trim(),
    '"}',
  ),
  within('run.sh', 'a token', '#!/bin/sh\nexport GITHUB_TOKEN="', password, '"\nexec app\n'),
  within('settings.py', 'a secret', 'import os\nSECRET = "', password, '"\n'),
  within('values', 'a random token', 'feature:\n  handle: ', drawn(40), '\n'),
];
