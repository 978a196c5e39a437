/** What owns the fields that a deployment writes. */
export const fieldManager = 'podhost';

/** Files of `dist`, as the constructs name them. */
export const distFile = { namespaces: '00-namespace.yaml', helmValues: 'helm/coralogix-infra-values.yaml' } as const;
