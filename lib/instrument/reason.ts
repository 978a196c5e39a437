/** Why something is as it is: a stable code for programs and a sentence for people. */
export interface CodedReason {
  readonly code: ReasonCode;
  readonly message: string;
}

/** Codes of changes, of warnings and of skipped objects; they do not change between versions. */
export type ReasonCode =
  // What a change does.
  | 'added'
  | 'replaced'
  | 'attributes-merged'
  | 'wrong-attribute'
  | 'reference-before-definition'
  | 'reference-without-definition'
  | 'endpoint-localhost'
  | 'endpoint-direct'
  | 'endpoint-unexpanded'
  | 'endpoint-without-scheme'
  | 'endpoint-port'
  | 'endpoint-replaced'
  // What a reader must know.
  | 'assumed-protocol'
  | 'duplicate-variable'
  | 'foreign-endpoint'
  | 'image-version'
  | 'java-property'
  | 'knative-field-ref'
  | 'malformed-attributes'
  | 'no-endpoint-service'
  | 'no-environment'
  | 'node-resolver'
  | 'undefined-reference'
  | 'undercounting-sampler'
  | 'unknown-container'
  | 'unknown-endpoint'
  | 'unknown-env-from'
  | 'unknown-language'
  | 'unknown-name'
  | 'unsafe-value'
  // Why nothing is done.
  | 'off-the-shelf'
  | 'sidecar'
  | 'collector'
  | 'opted-out'
  | 'not-selected'
  | 'not-editable'
  | 'no-pod-template'
  | 'partial-manifest'
  | 'switched-off'
  | 'unknown-kind';

export const reason = (code: ReasonCode, message: string): CodedReason => ({ code, message });
