import type { FoundSecret } from './found-secret.ts';

/**
 * Tokens that carry their kind in their form, and that the rules of secretlint do not know. Each pattern begins with
 * fixed characters and has no part that can match in two ways, so that matching takes time in proportion to the text.
 */
const formats: readonly (readonly [what: string, begins: readonly string[], pattern: RegExp])[] = [
  ['a Coralogix API key', ['cx'], /\bcx[a-z]{2}_[A-Za-z0-9]{16,}/g],
  ['an API key that begins with sk-', ['k-', 'k_'], /\b[srp]k[-_](?=[A-Za-z0-9_-]{0,60}\d)[A-Za-z0-9_-]{16,}/g],
  ['a Stripe key', ['whsec_'], /\bwhsec_[A-Za-z0-9+/=]{24,}/g],
  ['a GitLab token', ['gl'], /\bgl(?:ptt|dt|rt|cbt|imt|agent|oas|soat|ft|ffct)-[A-Za-z0-9_-]{20,}/g],
  ['a Slack token', ['xox'], /\bxox[ces][.-][A-Za-z0-9.-]{10,}/g],
  ['an AWS access key', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g],
  ['a Google API key', ['AIza'], /\bAIza[A-Za-z0-9_-]{35}/g],
  [
    'a Google OAuth token',
    ['ya29.', 'GOCSPX-', '1//0'],
    /\b(?:ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|1\/\/0[A-Za-z0-9_-]{30,})/g,
  ],
  ['a PyPI token', ['pypi-'], /\bpypi-[A-Za-z0-9_-]{50,}/g],
  ['a RubyGems key', ['rubygems_'], /\brubygems_[a-f0-9]{48}/g],
  ['a DigitalOcean token', ['do'], /\bdo[opr]_v1_[a-f0-9]{40,}/g],
  ['a Sentry token', ['sntry'], /\bsntry[su]_[A-Za-z0-9_=+/-]{20,}/g],
  ['a New Relic key', ['NR'], /\bNR(?:AK|II|RA|SP|JS|BR)-[A-Za-z0-9]{20,}|\b[a-f0-9]{36}NRAL\b/g],
  ['a Twilio key', ['SK'], /\bSK[a-f0-9]{32}\b/g],
  ['a Mailgun key', ['key-'], /\bkey-[a-f0-9]{32}\b/g],
  ['a Mailchimp key', ['-us'], /\b[a-f0-9]{32}-us\d{1,2}\b/g],
  ['a Telegram bot token', [':AA'], /\b\d{8,10}:AA[A-Za-z0-9_-]{32,34}/g],
  ['an Atlassian token', ['ATATT3', 'ATCTT3'], /\bAT[AC]TT3[A-Za-z0-9_=-]{30,}/g],
  ['a Terraform token', ['.atlasv1.'], /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}/g],
  ['a Vault token', ['hvs.', 'hvb.', 'hvr.'], /\bhv[sbr]\.[A-Za-z0-9_-]{20,}/g],
  ['a Doppler token', ['dp.'], /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{30,}/g],
  ['a Pulumi token', ['pul-'], /\bpul-[a-f0-9]{40}\b/g],
  ['a Postman key', ['PMAK-'], /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b/g],
  ['a PlanetScale token', ['pscale_'], /\bpscale_(?:tkn|oauth|pw)_[A-Za-z0-9._=-]{30,}/g],
  ['a Supabase token', ['sbp_', 'sb_secret_'], /\b(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,})/g],
  ['a Square token', ['EAAA', 'sq0'], /\b(?:EAAA[A-Za-z0-9_-]{60}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,})/g],
  ['a Fly.io token', ['FlyV1', 'fm'], /\b(?:FlyV1\s{1,3})?fm[12][ar]?_[A-Za-z0-9+/=_,-]{40,}/g],
  ['a Dynatrace token', ['dt0'], /\bdt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}/g],
  ['a Grafana token', ['eyJrIjoi'], /\beyJrIjoi[A-Za-z0-9+/]{50,}={0,2}/g],
  ['a Heroku key', ['HRKU-'], /\bHRKU-[A-Za-z0-9_-]{36,}/g],
  ['an Airtable token', ['pat'], /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}/g],
  ['an Azure client secret', ['Q~'], /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/g],
  ['an Artifactory token', ['AKCp', 'cmVmdGtu'], /\b(?:AKCp[A-Za-z0-9]{60,}|cmVmdGtu[A-Za-z0-9]{50,})/g],
  [
    'a Discord bot token',
    ['.G', '.Y', '.X'],
    /\b[MNO][A-Za-z0-9_-]{23,27}\.[GXY][A-Za-z0-9_-]{5}\.[A-Za-z0-9_-]{27,40}/g,
  ],
  ['a Perplexity key', ['pplx-'], /\bpplx-[A-Za-z0-9]{40,}/g],
  ['a kubeadm token', ['.'], /(?<![\w.-])(?=[a-z0-9.]{0,22}\d)[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])/g],
  ['an age key', ['AGE-SECRET-KEY-'], /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g],
];

/** Addresses to which everybody who knows them can write. */
const webhooks =
  /\bhttps:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{20,}|(?:\w{1,20}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{10,25}\/[\w-]{30,}|[\w.-]{1,100}\.webhook\.office\.com\/webhookb2\/[\w@/-]{30,}|outlook\.office(?:365)?\.com\/webhook\/[\w@/-]{30,}|chat\.googleapis\.com\/v1\/spaces\/[\w-]{1,60}\/messages\?[\w=&%.-]{20,}|api\.telegram\.org\/bot\d{8,10}:[\w-]{30,}|hooks\.zapier\.com\/hooks\/catch\/\d{4,12}\/\w{5,}|maker\.ifttt\.com\/trigger\/[\w-]{1,60}\/with\/key\/[\w-]{10,}|[\w.-]{1,100}\.logic\.azure\.com(?::443)?\/workflows\/[\w/?=&%.-]{30,})/gi;

/** The tokens of a text that their form identifies. */
export function formattedTokens(text: string): FoundSecret[] {
  const tokens = formats.flatMap(([what, begins, pattern]) =>
    begins.some((beginning) => text.includes(beginning)) ? stretches(text, pattern, what) : [],
  );
  return text.includes('https://') ? [...tokens, ...stretches(text, webhooks, 'the address of a webhook')] : tokens;
}

const stretches = (text: string, pattern: RegExp, what: string): FoundSecret[] =>
  [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
    what,
    start: index,
    end: index + match.length,
    byForm: true,
  }));
