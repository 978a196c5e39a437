/** Annotations of a pod template, or of its object, that a user writes for `podhost instrument`. */
export const annotation = {
  /** `"false"` leaves the pods as they are; `"true"` or a list of containers instruments them whatever their images. */
  instrument: 'podhost.dev/instrument',
  /** The language of all containers, or `container=language` for some of them, separated by commas. */
  language: 'podhost.dev/language',
  /** The service name of all containers, or `container=name` for some of them, separated by commas. */
  serviceName: 'podhost.dev/service-name',
  /** Written by podhost: what it added, so that it can be taken away. */
  record: 'podhost.dev/instrumented',
} as const;

/** Each annotation with this prefix is a resource attribute of the pod. */
export const resourceAnnotationPrefix = 'resource.opentelemetry.io/';

/** Which containers an annotation names. */
export type Choice =
  | { readonly kind: 'default' }
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly containers: readonly string[] };

/** Reads the annotation `podhost.dev/instrument`. */
export function instrumentChoiceOf(annotations: Readonly<Record<string, string>>): Choice {
  const written = annotations[annotation.instrument]?.trim() ?? '';
  if (written === '') {
    return { kind: 'default' };
  }
  if (/^(false|no|disabled)$/i.test(written)) {
    return { kind: 'none' };
  }
  if (/^(true|yes|enabled)$/i.test(written)) {
    return { kind: 'all' };
  }
  return { kind: 'some', containers: written.split(',').map((name) => name.trim()) };
}

/** What an annotation gives: to one container, or to all that it does not name. */
export interface AnnotatedValue {
  readonly container: string | undefined;
  readonly value: string;
}

/** The entries of a list in an annotation: `value`, or `container=value`, separated by commas. */
export const annotatedValues = (written: string | undefined): AnnotatedValue[] =>
  (written ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const at = entry.indexOf('=');
      return at < 0
        ? { container: undefined, value: entry }
        : { container: entry.slice(0, at).trim(), value: entry.slice(at + 1).trim() };
    });

/** The value that an annotation has for a container. */
export function valueFor(written: string | undefined, container: string): string | undefined {
  const entries = annotatedValues(written);
  const own = entries.find((entry) => entry.container === container);
  return (own ?? entries.find((entry) => entry.container === undefined))?.value;
}
