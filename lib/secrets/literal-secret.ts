/** Why a text is taken for a secret, in words that do not tell it. */
export type SecretReason = string;

const formats: readonly (readonly [SecretReason, RegExp])[] = [
  ['a Coralogix API key', /\bcx[a-z]{2}_[A-Za-z0-9]{16,}/],
  ['an OpenAI or Stripe key', /\b[srp]k[-_](?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{16,}/],
  ['a GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['an AWS access key', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Known formats and credentials in a URL: enough on their own, whatever the value is called. */
export function secretFormat(value: string): SecretReason | undefined {
  return formats.find(([, pattern]) => pattern.test(value))?.[0] ?? credentialsOfUrl(value);
}

const urlCredentials = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/gi;

/** `$(NAME)`, `${NAME}` and `{{ name }}` stand for a value that is elsewhere. */
const reference = /^(\$\([^)]*\)|\$\{[^}]*\}|\{\{.*\}\}|<[^>]*>)$/;

function credentialsOfUrl(value: string): SecretReason | undefined {
  const passwords = [...value.matchAll(urlCredentials)].map(([, password = '']) => password);
  return passwords.some((password) => !reference.test(password)) ? 'a URL with a password' : undefined;
}
