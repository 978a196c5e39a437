import type { Processor } from '../../pipeline/component.ts';

/**
 * Takes identifiers out of span names and statements, which would begin a new series for every one of them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export const spanNameRedaction = (): Processor => ({
  kind: 'processor',
  id: 'redaction/spanname',
  settings: {
    allow_all_keys: true,
    url_sanitizer: { enabled: true },
    db_sanitizer: {
      sql: { enabled: true, attributes: ['db.statement', 'db.query'] },
      redis: { enabled: true, attributes: ['db.statement', 'redis.command'] },
      memcached: { enabled: true, attributes: ['db.statement', 'memcached.command'] },
      mongo: { enabled: true, attributes: ['db.statement', 'mongodb.query'] },
      es: { enabled: true, attributes: ['db.statement', 'elasticsearch.body'] },
      opensearch: { enabled: true, attributes: ['db.statement', 'opensearch.body'] },
    },
  },
});
