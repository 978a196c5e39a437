import type { Processor } from '../../pipeline/component.ts';

/**
 * Gives spans of newer and older instrumentations the names that the dimensions read.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/http-migration/
 */
export const semanticConventionBridge = (): Processor => ({
  kind: 'processor',
  id: 'transform/semconv',
  settings: {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'span',
        statements: [
          copy('http.request.method', 'http.method'),
          copy('http.response.status_code', 'http.status_code'),
          copy('http.status_code', 'http.response.status_code'),
        ],
      },
    ],
  },
});

const copy = (from: string, to: string): string =>
  `set(span.attributes["${to}"], span.attributes["${from}"]) where span.attributes["${to}"] == nil and span.attributes["${from}"] != nil`;
