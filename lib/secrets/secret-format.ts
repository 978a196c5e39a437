const formats: readonly (readonly [string, RegExp])[] = [
  ['a Coralogix API key', /\bcx[a-z]{2}_[A-Za-z0-9]{16,}/],
  ['an API key that begins with sk-', /\b[srp]k[-_](?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{16,}/],
  ['a GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['an AWS access key', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an Authorization header', /^(Bearer|Basic) +(?=[^$<]*$)[A-Za-z0-9._~+/=-]{8,}$/i],
];

const urlPassword = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/gi;

/** `$(NAME)`, `${NAME}`, `{{ name }}` or `<name>`: stands for a value that is elsewhere. */
const reference = /^(\$\([^)]*\)|\$\{[^}]*\}|\{\{.*\}\}|<[^>]*>)$/;

export const isReference = (value: string): boolean => reference.test(value);

/** What a value is, when its form alone tells that it is secret. */
export function secretFormat(value: string): string | undefined {
  return formats.find(([, pattern]) => pattern.test(value))?.[0] ?? credentialsOfUrl(value);
}

function credentialsOfUrl(value: string): string | undefined {
  const passwords = [...value.matchAll(urlPassword)].map(([, password = '']) => password);
  return passwords.some((password) => !isReference(password)) ? 'a URL with a password' : undefined;
}
