import { describe, expect, test } from 'vitest';
import { literalSecret } from '../../lib/secrets/literal-secret.ts';

describe('a secret is seen', () => {
  test.each([
    ['CX_KEY', 'cxtp_A1b2C3d4E5f6G7h8I9j0', 'a Coralogix API key'],
    ['X', 'cxup_abcdefghijklmnopqrst', 'a Coralogix API key'],
    ['X', 'sk-proj-abc123def456ghi789', 'an API key that begins with sk-'],
    ['X', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'an API key that begins with sk-'],
    ['X', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'a GitHub token'],
    ['X', 'glpat-abcdefghij1234567890', 'a GitLab token'],
    ['X', 'xoxb-123456789012-abcdefghijkl', 'a Slack token'],
    ['X', 'AKIAIOSFODNN7EXAMPLE', 'an AWS access key'],
    ['X', 'AIzaSyA1234567890abcdefghijklmnopqrstuvw', 'a Google API key'],
    ['X', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP', 'a JSON Web Token'],
    ['X', '-----BEGIN PRIVATE KEY-----\nMIIE', 'a private key'],
    ['X', 'Bearer abcdef123456', 'an Authorization header'],
    ['X', 'postgresql://shop:hunter2@db:5432/shop', 'a URL with a password'],
    ['X', 'redis://:hunter2@redis:6379', 'a URL with a password'],
    ['DB_PASSWORD', 'hunter2', 'what its name says is a secret'],
    ['dbPassword', '1234', 'what its name says is a secret'],
    ['OPENAI_API_KEY', 'changeme', 'what its name says is a secret'],
    ['PRIVATE_KEY', 'x', 'what its name says is a secret'],
    ['client-secret', 'x', 'what its name says is a secret'],
    ['CX_TOKEN', 'x', 'what its name says is a secret'],
    ['CX_KEY_ID', '3f2b8c1e-9d4a-4b7e-8f6a-2c5d1e0b9a87', 'a key'],
    ['HASH_KEY', 'a8f5f167f44f4964e6c998dee827110c', 'a key'],
    ['X', 'q7Rt2Lm9Xz4Kp8Wv3Bn6Ys1D', 'a random token'],
    ['X', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9Zq3W7e', 'a random token'],
  ])('%s: %s', (name, value, reason) => {
    expect(literalSecret(name, value)).toBe(reason);
  });
});

describe('what is no secret is left alone', () => {
  test.each([
    ['image', 'registry.example.com:5000/shop/api-gateway:1.0.0-rc.1'],
    ['X', 'nginx@sha256:3b7c8f0a9e6d5c4b3a2918f7e6d5c4b3a2918f7e6d5c4b3a2918f7e6d5c4b3a2'],
    ['X', '3b7c8f0a9e6d5c4b3a2918f7e6d5c4b3a2918f7e'],
    ['VERSION', 'v1.29.3+k3s1'],
    ['X', 'https://api.eu2.coralogix.com/api/v1/dataprime/query?tier=TIER_FREQUENT_SEARCH&limit=100'],
    ['X', 'postgresql://shop@postgresql:5432/shop'],
    ['X', 'postgresql://shop:$(DB_PASSWORD)@postgresql:5432/shop'],
    ['X', 'postgresql://shop:${DB_PASSWORD}@postgresql/shop'],
    ['X', 'http://user@host:8080/a:b@c'],
    ['X', 'The quick brown fox jumps over the lazy dog, twice a day: 7 o’clock.'],
    ['X', 'dataprime-external-api-service-7d9f8b6c5-x2x4z'],
    ['X', 'processPaymentV2RequestHandlerFactoryBean'],
    ['X', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'],
    ['X', 'com.example.shop.Order2ServiceImpl$Inner'],
    ['X', 'ap-northeast-1.compute.internal'],
    ['ID', '3f2b8c1e-9d4a-4b7e-8f6a-2c5d1e0b9a87'],
    ['X', '2001-12-14T21:59:43.10-05:00'],
    ['X', 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p'],
    ['X', '{"level":"info","json":true,"maxItems":25}'],
    ['X', 'gpt-4o-mini-2024-07-18'],
    ['X', 'sk-learn'],
    ['X', 'text/html; charset=UTF-8'],
    ['MAX_TOKENS', '4096'],
    ['TOKEN_LIMIT', '4096'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['DB_PASSWORD', '/run/secrets/db'],
    ['DB_PASSWORD', '$(PGPASSWORD)'],
    ['DB_PASSWORD', ''],
    ['REQUIRE_PASSWORD', 'true'],
    ['AUTH_TOKEN', 'https://auth.example.com/token'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['PARTITION_KEY', 'customer-id'],
    ['CACHE_KEY', 'shop'],
    ['PUBLIC_KEY', 'none'],
    ['SECRET_NAME', 'shop-secrets'],
    ['passwordKey', 'DB_PASSWORD'],
    ['COMPASS', 'north'],
    ['BYPASS', 'on'],
  ])('%s: %s', (name, value) => {
    expect(literalSecret(name, value)).toBeUndefined();
  });
});
