import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { FoundSecret } from './found-secret.ts';

/** What a rule of secretlint needs of its surroundings. */
interface RuleContext {
  readonly sharedOptions: Record<string, never>;
  createTranslator(
    messages: unknown,
  ): (id: PropertyKey) => { readonly messageId: string; readonly message: string; readonly data: undefined };
  report(found: { readonly range: readonly [start: number, end: number] }): void;
  ignore(): void;
}

/** A rule of secretlint, as far as it is used. */
interface TokenRule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file?(source: RuleSource): void | Promise<void> };
}

interface RuleSource {
  readonly content: string;
  readonly filePath: string | undefined;
  readonly ext: string;
}

/**
 * Rules for the structure of a text: settings, URLs, connection strings and private keys are read here, in more forms and
 * to the character. The rule for GCP reads files, and comments in a manifest switch nothing off.
 */
const structural = ['aws', 'basicauth', 'database-connection-string', 'privatekey', 'gcp', 'filter-comments'];

const prefix = '@secretlint/secretlint-rule-';

/** Names that their providers write otherwise than the package. */
const providers: Readonly<Record<string, string>> = {
  '1password': '1Password',
  github: 'GitHub',
  gitlab: 'GitLab',
  'hashicorp-vault': 'Vault',
  huggingface: 'Hugging Face',
  npm: 'npm',
  openai: 'OpenAI',
  sendgrid: 'SendGrid',
};

const wordsOf = (provider: string): string => {
  const name = providers[provider] ?? provider.replace(/^./, (first) => first.toUpperCase());
  return `${/^[AOn]/.test(name) ? 'an' : 'a'} ${name} token`;
};

/** Where the rule at work puts what it finds: rules report to their context, and are made once. */
let reported: FoundSecret[] = [];

type Check = (source: RuleSource) => void | Promise<void>;

/** Made when a text first has what may be a token. */
let checks: readonly Check[] | undefined;

const checksOfRules = (): readonly Check[] =>
  rules
    .map((rule): TokenRule => rule)
    .filter(({ meta }) => !structural.includes(meta.id.slice(prefix.length)))
    .flatMap((rule) => {
      const what = wordsOf(rule.meta.id.slice(prefix.length));
      const handler = rule.create(
        {
          sharedOptions: {},
          createTranslator: () => (id) => ({ messageId: String(id), message: what, data: undefined }),
          report: ({ range: [start, end] }) => reported.push({ what, start, end, byForm: true }),
          ignore: () => {},
        },
        {},
      );
      return handler.file === undefined ? [] : [handler.file.bind(handler)];
    });

/**
 * The tokens of a text that rules of secretlint know by their form.
 *
 * @see https://github.com/secretlint/secretlint
 */
export function providerTokens(text: string): readonly FoundSecret[] {
  reported = [];
  checks ??= checksOfRules();
  for (const check of checks) {
    void check({ content: text, filePath: undefined, ext: '' });
  }
  return reported;
}

const runs = /[A-Za-z0-9_.-]{20,}/g;

/** `{"` in base64, with which every part but the signature begins. */
const begin = 'eyJ';

/** JSON Web Tokens, signed and encrypted: parts in base64 with dots between them. */
export function webTokens(text: string): FoundSecret[] {
  return text.includes(begin) ? [...text.matchAll(runs)].flatMap(({ 0: run, index }) => tokensOf(run, index)) : [];
}

function tokensOf(run: string, offset: number): FoundSecret[] {
  const parts = run.split('.');
  const found: FoundSecret[] = [];
  let at = offset;
  for (const [index, part] of parts.entries()) {
    const header = part.indexOf(begin);
    const others = parts.slice(index + 1, index + 5);
    const isToken = header >= 0 && part.length - header > 10 && (others[0]?.startsWith(begin) || others.length === 4);
    if (isToken) {
      const length = (others[0]?.startsWith(begin) ? others.slice(0, 2) : others).join('.').length;
      found.push({ what: 'a JSON Web Token', start: at + header, end: at + part.length + 1 + length, byForm: true });
    }
    at += part.length + 1;
  }
  return found;
}
