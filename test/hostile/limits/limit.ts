/** A configuration that Kubernetes, Linux or the collector refuses: what is changed in the minimal one, and the code. */
export type Limit = readonly [title: string, change: Readonly<Record<string, string>>, code: string];

export const value = (scalar: string) => ({ 'LOG_LEVEL: info': `LOG_LEVEL: «${scalar}` });
export const variable = (scalar: string) => ({ 'MODE: fast': `MODE: «${scalar}` });
export const image = (reference: string) => ({ 'web:latest': `«${reference}` });
export const mount = (path: string) => ({ 'mountPath: /app/data': `mountPath: «${path}` });
export const policy = (settings: string) => ({
  'enabled: true': `policies: [{ name: a, type: latency, ${settings} }]`,
});

/** The last line of the minimal configuration. */
export const route = '    - { path: /, service: web }\n';

/** The same route, to the other service. */
export const toApi = '    - { path: /, service: api }\n';

/** Keys at the top of the file, behind the others. */
export const more = (lines: string) => ({ [route]: `${route}${lines}\n` });

export const external = (interval: string) =>
  `keys: [DB_PASSWORD, API_KEY]\n  externalSecret: { store: { name: vault }, refreshInterval: ${interval}, remote: { DB_PASSWORD: { key: db }, API_KEY: { key: api } } }`;

export const long = (length: number) => 'a'.repeat(length);
