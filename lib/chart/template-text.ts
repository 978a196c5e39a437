import { isMapping, type Mapping } from '../yaml/value.ts';
import { fieldOf, isNothing, isTrue, printed, TemplateError } from './template.ts';
import { actionsIn, isUnclosed } from './template-actions.ts';

/** What templates in texts read: `.Values`, `.Release` and `.Chart`. */
export interface TemplateContext {
  readonly Values: Mapping;
  readonly Release: Mapping;
  readonly Chart: Mapping;
}

/**
 * Puts what templates print in the place of the templates in every text, as helm's `tpl` does. A template that is more
 * than values and the commonest functions stays as it is.
 *
 * @throws TemplateError
 */
export function withTemplates(value: unknown, context: TemplateContext): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('{') && isUnclosed(value)) {
      // YAML puts quotes around such a text, and a template that does not end takes the one behind it.
      throw new TemplateError(`bad character U+0027 '''`);
    }
    return textWithTemplates(value, context);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => withTemplates(entry, context));
  }
  return isMapping(value)
    ? Object.fromEntries(
        Object.entries(value).map(
          ([key, entry]) => [textWithTemplates(key, context), withTemplates(entry, context)] as const,
        ),
      )
    : value;
}

export function textWithTemplates(text: string, context: TemplateContext): string {
  if (!text.includes('{{')) {
    return text;
  }
  if (isUnclosed(text)) {
    throw new TemplateError('unclosed action');
  }
  const parts: string[] = [];
  let end = 0;
  let trims = false;
  for (const action of actionsIn(text)) {
    const result = evaluated(action.expression, context);
    if (result === undefined) {
      return text;
    }
    const before = text.slice(end, action.start);
    const begun = trims ? before.trimStart() : before;
    parts.push(action.trimsLeft ? begun.trimEnd() : begun, printed(result.value));
    end = action.end;
    trims = action.trimsRight;
  }
  const rest = text.slice(end);
  return parts.join('') + (trims ? rest.trimStart() : rest);
}

/** Undefined where the expression is not understood. */
type Result = { readonly value: unknown } | undefined;

/** A text without its end is one as well, so that no second token begins in it. */
const token = /\s*("(?:[^"\\]|\\.)*(?:"|\\?$)|`[^`]*`|\||\(|\)|-?\d+(?:\.\d+)?|[$.]?[\w.$-]+|\S)/gy;

/** Longer templates are not understood: the matching of a token needs a stack that grows with it. */
const maximumLength = 10_000;

function evaluated(expression: string, context: TemplateContext): Result {
  if (expression.length > maximumLength) {
    return undefined;
  }
  if (/^\/\*[\s\S]*\*\/$/.test(expression)) {
    return { value: '' };
  }
  const tokens = [...expression.matchAll(token)].map(([, found = '']) => found);
  for (const name of tokens.filter((found) => /^[A-Za-z]\w*$/.test(found))) {
    if (!functions.has(name) && !words.has(name)) {
      throw new TemplateError(`function "${name}" not defined`);
    }
  }
  return new Expression(tokens, context).pipeline();
}

/** One action of a template, read from left to right. */
class Expression {
  private position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly context: TemplateContext,
  ) {}

  pipeline(): Result {
    let piped: Result = this.command(undefined);
    while (piped !== undefined && this.tokens[this.position] === '|') {
      this.position += 1;
      piped = this.command(piped);
    }
    return this.position < this.tokens.length ? undefined : piped;
  }

  private command(piped: Result): Result {
    const name = this.tokens[this.position];
    const call = name === undefined ? undefined : calls.get(name);
    const operands: unknown[] = [];
    if (call !== undefined) {
      this.position += 1;
    }
    while (this.position < this.tokens.length && !['|', ')'].includes(this.tokens[this.position] ?? '')) {
      const operand = this.operand();
      if (operand === undefined) {
        return undefined;
      }
      operands.push(operand.value);
    }
    if (piped !== undefined) {
      operands.push(piped.value);
    }
    if (call !== undefined) {
      return { value: call(operands) };
    }
    return operands.length === 1 ? { value: operands[0] } : undefined;
  }

  private operand(): Result {
    const found = this.tokens[this.position] ?? '';
    this.position += 1;
    if (found === '(') {
      return this.parenthesized();
    }
    if (found.startsWith('"') || found.startsWith('`')) {
      return { value: found.startsWith('`') ? found.slice(1, -1) : unquoted(found) };
    }
    if (/^-?\d/.test(found)) {
      return { value: Number(found) };
    }
    if (found === 'true' || found === 'false' || found === 'nil') {
      return { value: found === 'nil' ? undefined : found === 'true' };
    }
    const [, path] = /^\$?\.((?:Values|Release|Chart)(?:\.[\w-]+)*)$/.exec(found) ?? [];
    return path === undefined ? undefined : { value: fieldOf(this.context, '', path.split('.')) };
  }

  private parenthesized(): Result {
    const end = this.tokens.indexOf(')', this.position);
    const nested = this.tokens.slice(this.position, end);
    this.position = end + 1;
    return end < 0 || nested.includes('(') ? undefined : new Expression(nested, this.context).pipeline();
  }
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** Functions by their names, each with what stands behind them and what is piped in last. */
const calls: ReadonlyMap<string, (operands: readonly unknown[]) => unknown> = new Map(
  Object.entries<(operands: readonly unknown[]) => unknown>({
    default: ([fallback, value]) => (isTrue(value) ? value : fallback),
    coalesce: (operands) => operands.find(isTrue),
    quote: (operands) =>
      operands
        .filter((value) => !isNothing(value))
        .map((value) => JSON.stringify(printed(value)))
        .join(' '),
    squote: (operands) =>
      operands
        .filter((value) => !isNothing(value))
        .map((value) => `'${printed(value)}'`)
        .join(' '),
    print: ([value]) => printed(value),
    upper: ([value]) => printed(value).toUpperCase(),
    lower: ([value]) => printed(value).toLowerCase(),
    trim: ([value]) => printed(value).trim(),
    trimSuffix: ([suffix, value]) => withoutEnd(printed(value), printed(suffix)),
    trimPrefix: ([prefix, value]) =>
      printed(value).startsWith(printed(prefix)) ? printed(value).slice(printed(prefix).length) : printed(value),
    trunc: ([length, value]) => printed(value).slice(0, Number(length)),
    replace: ([from, to, value]) => printed(value).replaceAll(printed(from), printed(to)),
    printf: ([format, ...operands]) => formatted(printed(format), operands),
    fail: ([message]) => {
      throw new TemplateError(printed(message));
    },
    required: ([message, value]) => {
      if (isNothing(value) || value === '') {
        throw new TemplateError(printed(message));
      }
      return value;
    },
  }),
).set('toString', ([value]) => printed(value));

const withoutEnd = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, text.length - end.length) : text;

function formatted(format: string, operands: readonly unknown[]): string {
  let index = 0;
  return format.replace(/%[svd]/g, () => printed(operands[index++]));
}

const words: ReadonlySet<string> = new Set(
  'if else end range with define template block break continue nil true false'.split(' '),
);

/** Functions that helm has for templates: any other name stops it. */
const functions: ReadonlySet<string> = new Set(
  `abbrev abbrevboth add add1 add1f addf adler32sum ago all and any append atoi b32dec b32enc b64dec b64enc base bcrypt
biggest buildCustomCert call camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify
date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf duration
durationRound empty encryptAES eq ext fail first float64 floor fromJson fromJsonArray fromToml fromYaml fromYamlArray
ge genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get
getHostByName gt has hasKey hasPrefix hasSuffix hello html htmlDate htmlDateInZone htpasswd include indent index
initial initials int int64 isAbs join js kebabcase keys kindIs kindOf last le len list lookup lower lt max maxf merge
mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst
mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind
mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse
mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify ne nindent
nospace not now omit or osBase osClean osDir osExt osIsAbs pick pluck plural prepend print printf println push quote
randAlpha randAlphaNum randAscii randBytes randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta
regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace required rest reverse round semver semverCompare seq
set sha1sum sha256sum sha512sum shuffle slice snakecase sortAlpha split splitList splitn squote sub subf substr
swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings toToml toYaml toYamlPretty tpl
trim trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep
untitle upper urlJoin urlParse urlquery uuidv4 values without wrap wrapWith`.split(/\s+/),
);
