import { drawn } from './drawn.ts';
import { type Guise, password, uuid, within } from './guise.ts';

const hex32 = drawn(32, 'hex');
const named = 'a secret, as its name shows';

const underName = (name: string, secret = password): Guise => ({ name, text: secret, what: named, secret });

/** Secrets that their name alone gives away. */
export const namedGuises: readonly Guise[] = [
  ...[
    'PGPASSWORD',
    'DB_PW',
    'PASSWORD_1',
    'DB_PASSWORDS',
    'MYSQL_PWD',
    'MYSQL_ROOT_PASSWORD',
    'REDISCLI_AUTH',
    'RABBITMQ_ERLANG_COOKIE',
    'SPRING_DATASOURCE_PASSWORD',
    'dbPassword',
    'userAPIKey',
    'apiToken',
    'auth.adminPassword',
    'spring.redis.password',
    'ACCESS-KEY',
    'CX_API_KEY_EU',
    'CORALOGIX_PRIVATE_KEY',
    'CX_TOKEN_STAGING',
    'PASSWORD_PROD',
    'SECRET_KEY_BASE',
    'JWT_SECRET',
    'clientSecret',
    'OAUTH2_CLIENT_SECRET',
    'SMTP_PASS',
    'KEYSTORE_PASSPHRASE',
    'DBPASSWORD',
    'ADMINPASS',
    'apikey',
    'AWS_SESSION_TOKEN',
    'x-honeycomb-team',
    'ENCRYPTION_KEY',
    'NEW_RELIC_LICENSE_KEY',
    'WIFI_PSK',
    'password.txt',
    'DB_PASSWORD_BASE64',
    'GITHUB_TOKEN_OLD',
    'CREDENTIALS',
  ].map((name) => underName(name)),
  underName('POSTGRES_PASSWORD', 'changeme'),
  underName('DB_PASSWORD', 'correct horse battery staple'),
  underName('PASSWORD_ORDERS'),
  underName('dbPassword', '83519264'),
  underName('DD_APP_KEY', drawn(40, 'hex')),
  underName('AccountKey', `${drawn(86)}==`),
  { name: 'CX_KEY_ID', text: uuid, what: 'a key', secret: uuid },
  { name: 'HASH_KEY', text: hex32, what: 'a key', secret: hex32 },
  within('DB_PASSWORD', named, '${DB_PASSWORD:-', password, '}'),
  within('Authorization', 'an Authorization header', 'Bearer ', drawn(32)),
];
