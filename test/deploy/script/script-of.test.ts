import { expect, test } from 'vitest';
import { scriptOf } from '../../../lib/deploy/script/script-of.ts';
import { variableName } from '../../../lib/text/variable-name.ts';

const command = { program: 'kubectl', args: ['apply', '--filename=dist'] };
const secret = {
  program: 'kubectl',
  args: ['create', '--from-env-file=/dev/stdin'],
  input: { secrets: [variableName('A_KEY')] },
};

test('a script has the commands, what is so as comments, and secrets as names', () => {
  const script = scriptOf(
    [
      {
        name: 'images',
        title: 'Images',
        actions: [{ action: { title: 'Build', commands: [{ ...command, on: 'host' }] } }],
      },
      {
        name: 'secrets',
        title: 'Secrets',
        actions: [
          { action: { title: 'Secret one', commands: [secret] } },
          { action: { title: 'Secret two', commands: [secret] }, alreadySo: 'it is there' },
        ],
      },
      { name: 'apply', title: 'Manifests', actions: [], unknown: 'no cluster\n; rm -rf /' },
      { name: 'verify', title: 'Verification', actions: [{ action: { title: 'Look', commands: [] } }] },
      { name: 'operator', title: 'Operator', actions: [] },
    ],
    { name: 'shop', host: 'eva@host' },
  );
  expect(script).toBe(`#!/bin/sh
# What podhost deploy would run for shop.
# It needs in the environment, exported or not: A_KEY.
set -eu

# == images: Images
# Build
ssh -- eva@host 'kubectl apply --filename=dist'

# == secrets: Secrets
# Secret one
printf '%s\\n' "A_KEY=$A_KEY" | kubectl create --from-env-file=/dev/stdin
# Secret two: it is there

# == apply: Manifests
# What there is to do could not be told: no cluster; ; rm -rf /

# == verify: Verification
# Look (looked at by podhost)

# == operator: Operator
# nothing to do
`);
});
