import { base64, drawn } from './drawn.ts';
import { type Guise, password, within } from './guise.ts';

const inUrls: readonly Guise[] = [
  within('DATABASE_URL', 'a URL with a password', 'postgresql://shop:', password, '@db:5432/shop'),
  within('REDIS_URL', 'a URL with a password', 'redis://:', password, '@redis:6379/0'),
  within(
    'MONGO',
    'a URL with a password',
    'mongodb+srv://shop:',
    'p%40ss%2Fw0rd',
    '@cluster0.example.net/?retryWrites=true',
  ),
  within('URL', 'a URL with a password', 'amqp://shop:', 'un#en/coded1', '@rabbitmq:5672'),
  within('DSN', 'a URL with a password', 'shop:', password, '@tcp(mysql:3306)/shop?parseTime=true'),
  within('URL', 'a URL with a password', 'jdbc:oracle:thin:shop/', password, '@db:1521:shop'),
  within('SPRING_DATASOURCE_URL', 'a password', 'jdbc:mysql://db:3306/shop?user=shop&password=', password, '&ssl=true'),
  within(
    'URL',
    'a password',
    'jdbc:sqlserver://db:1433;databaseName=shop;user=sa;password=',
    password,
    ';encrypt=true',
  ),
  within('HOOK', 'a token', 'https://ci.example.com/build?job=shop&token=', password),
  within('URL', 'a key', 'https://maps.example.com/v1?api_key=', drawn(24), '&zoom=3'),
  within('BLOB', 'a key', 'https://shop.blob.core.windows.net/c?sv=2022-11-02&sr=c&sig=', `${drawn(43)}%3D`),
  within('REPO', 'a URL with a password', 'https://ci:', drawn(20), '@git.example.com/shop.git'),
];

const inStrings: readonly Guise[] = [
  within('DB_DSN', 'a password', 'host=db port=5432 user=shop password=', password, ' dbname=shop sslmode=disable'),
  within('DB_DSN', 'a password', "host=db user=shop password='", 'it has a space 1', "' dbname=shop"),
  within(
    'ConnectionStrings__Shop',
    'a password',
    'Server=db;Database=shop;User Id=shop;Password=',
    password,
    ';TrustServerCertificate=true',
  ),
  within('CONNECTION', 'a password', 'Data Source=db;Uid=sa;Pwd=', password, ';'),
  within(
    'STORAGE',
    'a key',
    'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=',
    `${drawn(86)}==`,
    ';EndpointSuffix=core.windows.net',
  ),
  within(
    'BUS',
    'a key',
    'Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=',
    `${drawn(43)}=`,
  ),
  within(
    'OTEL_EXPORTER_OTLP_HEADERS',
    'an Authorization header',
    'authorization=Bearer%20',
    drawn(30),
    ',x-scope=shop',
  ),
  within('OTEL_EXPORTER_OTLP_HEADERS', 'an Authorization header', 'Authorization=Basic%20', base64('shop:hunter2')),
  within('OTEL_EXPORTER_OTLP_HEADERS', 'a key', 'x-scope=shop,x-api-key=', password),
  within('HEADERS', 'an Authorization header', 'Authorization: Bearer ', drawn(30)),
  within('HEADERS', 'an Authorization header', 'Authorization: Basic ', base64('shop:hunter2')),
  within('JAVA_OPTS', 'a password', '-Xmx1g -Dspring.datasource.password=', password, ' -Dserver.port=8080'),
  within(
    'KAFKA_JAAS',
    'a password',
    'org.apache.kafka.common.security.plain.PlainLoginModule required username="shop" password="',
    password,
    '";',
  ),
  within('ARGS', 'a password', '--user shop --password=', password, ' --port 5432'),
  within('ARGS', 'a token', 'server --token ', 'a1b2c3d4e5', ' --port 80'),
  within('ARGS', 'a password', 'helm upgrade --set auth.password=', password, ',replicas=2'),
  within('SCRIPT', 'a token', 'set -e; export TOKEN=', password, '; run'),
  within('SCRIPT', 'a password', 'PGPASSWORD=', password, ' psql -h db -U shop'),
  within('SCRIPT', 'a key', 'curl -H "X-Api-Key: ', password, '" https://example.com'),
  within('CONFIG', 'a password', '{"db":{"user":"shop","password":"', password, '"}}'),
  within('CONFIG', 'a password', '"{\\"user\\":\\"shop\\",\\"password\\":\\"', password, '\\"}"'),
  within('CONFIG', 'a token', '[{"name":"API_TOKEN","value":"', password, '"}]'),
  within('CONFIG', 'a password', '<property name="connection.password" value="', password, '"/>'),
  within('CONFIG', 'a password', '<server><username>ci</username><password>', password, '</password></server>'),
  within('SQL', 'a password', "ALTER USER shop WITH PASSWORD '", password, "'"),
  within('QUERY', 'a password', "CREATE USER 'shop'@'%' IDENTIFIED BY '", password, "'"),
  within('EXTRA', 'a password in base64', '', base64(`password=${password}`)),
  within('EXTRA', 'a Coralogix API key in base64', '', base64(['cxtp', drawn(30)].join('_'))),
  within('EXTRA', 'a password in the encoding of URLs', '', `config%3Dpassword%3D${password}%26x`),
];

/** Secrets in URLs, connection strings, headers, arguments and other texts of one line. */
export const textGuises: readonly Guise[] = [...inUrls, ...inStrings];
