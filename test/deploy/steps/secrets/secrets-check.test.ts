import { describe, expect, test } from 'vitest';
import { secretsCheck } from '../../../../lib/deploy/steps/secrets/secrets-check.ts';
import { maskTexts } from '../../../../lib/secrets/mask-secrets.ts';
import { bed, codes, findings, withDeploy } from '../../preflight/answers.ts';

const key = 'cxtp_Abcdefghij0123456789Abcdefghij';
const environment = { OPENAI_API_KEY: 'sk-1', CX_RUM_API_KEY: 'rum', DB_PASSWORD: 'pw', PRIVATE_KEY: key };
const stored = (values: Readonly<Record<string, string>>) => ({
  data: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
});
const down = { 'kubectl get --raw=/readyz': { fails: 'connection to the server 192.0.2.7:6443 was refused' } };

describe('the check of the Secrets', () => {
  test('is content with an environment that has everything', async () => {
    expect(await findings(secretsCheck, { environment })).toEqual({ problems: [], notes: [] });
  });

  test('is content with Secrets that have everything', async () => {
    const answers = {
      'kubectl get secret dataprime-secrets': stored({ OPENAI_API_KEY: 'a', CX_RUM_API_KEY: 'b', DB_PASSWORD: 'c' }),
      'kubectl get secret coralogix-keys': stored({ PRIVATE_KEY: key }),
    };
    expect(await findings(secretsCheck, { answers })).toEqual({ problems: [], notes: [] });
  });

  test('each missing key is reported with its variable', async () => {
    const { problems = [] } = await findings(secretsCheck, { environment: { ...environment, DB_PASSWORD: '' } });
    expect(problems).toEqual([
      {
        code: 'deploy/no-secret-value',
        message:
          'the Secret dataprime-secrets in dataprime-demo has no key DB_PASSWORD, and the environment has no variable DB_PASSWORD',
        suggestion: 'run: read -rs DB_PASSWORD && export DB_PASSWORD',
      },
    ]);
  });

  test('no message or suggestion has a word that the masking of secrets hides', async () => {
    const absent = await findings(secretsCheck, {});
    const odd = await findings(secretsCheck, {
      environment: { OPENAI_API_KEY: '"a"', CX_RUM_API_KEY: ' b', DB_PASSWORD: 'c\n', PRIVATE_KEY: '"d"' },
    });
    const shown = [absent, odd].flatMap(({ problems = [], notes = [] }) => [...problems, ...notes]);
    expect(shown).toHaveLength(8);
    expect(maskTexts(shown)).toEqual(shown);
  });

  test('a missing Secret is reported with the command that creates it when no step does', async () => {
    const { problems = [] } = await findings(secretsCheck, { environment, steps: ['collector'] });
    expect(problems.at(-1)?.suggestion).toBe(
      `run: read -rs PRIVATE_KEY && export PRIVATE_KEY && printf '%s\\n' "PRIVATE_KEY=$PRIVATE_KEY" | kubectl create secret generic coralogix-keys --namespace=coralogix --from-env-file=/dev/stdin`,
    );
  });

  test('a missing key is only a note when the user can be asked', async () => {
    const { problems, notes } = await findings(secretsCheck, { canAsk: true });
    expect(problems).toEqual([]);
    expect(notes).toContain('PRIVATE_KEY for the Secret coralogix-keys in coralogix will be asked for');
  });

  test('does not take a key with a line break, wherever it comes from, nor show it', async () => {
    const answers = { 'kubectl get secret coralogix-keys': stored({ PRIVATE_KEY: `${key}\n` }) };
    const found = await findings(secretsCheck, { answers, environment: { ...environment, PRIVATE_KEY: '' } });
    expect(found.problems?.map(({ message }) => message)).toEqual([
      'the value of PRIVATE_KEY of the Secret coralogix-keys in coralogix ends with a line break and would be rejected',
    ]);
    expect(JSON.stringify(found)).not.toContain(key);
  });

  test('leaves other values to those who made them', async () => {
    const found = await findings(secretsCheck, { environment: { ...environment, DB_PASSWORD: '"quoted"' } });
    expect(found.problems).toEqual([]);
    expect(found.notes?.[0]).toMatch(/^the value of DB_PASSWORD in the environment has quotation marks around it/);
    expect(JSON.stringify(found)).not.toContain('quoted');
  });

  describe('with the operator', () => {
    const { operator } = bed().context.config.deploy;
    const change = withDeploy({ operator: { ...operator, enabled: true } });
    const of = (CORALOGIX_API_KEY: string) =>
      findings(secretsCheck, { environment: { ...environment, CORALOGIX_API_KEY }, change });

    test('takes no management key that is none, nor shows it', async () => {
      const found = await of('sk-0a1b2c3d4e5f6g7h8i9j');
      expect(found.problems?.map(({ message }) => message)).toEqual([
        'the value of CORALOGIX_API_KEY in the environment is an API key that begins with sk- and would be rejected',
      ]);
      expect(JSON.stringify(found)).not.toContain('sk-0a');
    });

    test('has doubts about the key that sends, and none about another or that of a person', async () => {
      expect((await of(key)).notes).toEqual([
        'CORALOGIX_API_KEY in the environment equals PRIVATE_KEY, which usually can send but not manage alerts and SLOs; check its presets',
      ]);
      expect(await of('cxup_Zbcdefghij0123456789Abcdefghij')).toEqual({ problems: [], notes: [] });
    });
  });

  test('does not guess what a cluster has that does not answer', async () => {
    expect(await codes(secretsCheck, { answers: down })).toEqual([]);
  });

  test('wants every value for a cluster that is going to be made', async () => {
    const change = withDeploy({ k3s: { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' } });
    expect(await codes(secretsCheck, { answers: down, change })).toHaveLength(4);
  });
});
