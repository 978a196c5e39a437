import { expect, test } from 'vitest';
import { scriptOf } from '../../lib/run/script.ts';
import { variableName } from '../../lib/text/variable-name.ts';
import { everyHostile, expectHarmless } from '../support/hostile.ts';

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
          { action: { title: 'Secret two', commands: [secret] }, upToDate: 'it exists' },
          { action: { title: 'Secret three', commands: [command] }, refused: 'A_KEY has no value' },
        ],
      },
      { name: 'apply', title: 'Manifests', actions: [], unknown: 'no cluster\n; rm -rf /' },
      { name: 'verify', title: 'Verification', actions: [{ action: { title: 'Look', commands: [] } }] },
      { name: 'operator', title: 'Operator', actions: [] },
    ],
    { name: 'shop', host: 'eva@host' },
  );
  expect(script).toBe(`#!/bin/sh
# The commands of podhost deploy for shop.
# It needs these variables, exported or not: A_KEY.
set -eu

# == images: Images
# Build
ssh -- eva@host 'kubectl apply --filename=dist'

# == secrets: Secrets
# Secret one
printf '%s\\n' "A_KEY=$A_KEY" | kubectl create --from-env-file=/dev/stdin
# Secret two: it exists
# Secret three
# A deployment would fail here: A_KEY has no value
kubectl apply --filename=dist

# == apply: Manifests
# The current state is unknown: no cluster; ; rm -rf /

# == verify: Verification
# Look (checked by podhost)

# == operator: Operator
# nothing to do
`);
});

test('a reason of several unknown states is printed once, before all steps', () => {
  const action = { title: 'Apply', commands: [command] };
  const steps = [
    { name: 'secrets', title: 'Secrets', actions: [{ action, unknown: 'no kubectl' }], unknown: 'twice' },
    {
      name: 'apply',
      title: 'Manifests',
      actions: [
        { action, unknown: 'twice' },
        { action, unknown: 'once' },
      ],
    },
  ];
  expect(scriptOf(steps, { name: 'shop', reasons: ['no kubectl'] })).toBe(`#!/bin/sh
# The commands of podhost deploy for shop.
# The current state is unknown, so every command is printed: no kubectl
# The current state is unknown, so every command is printed: twice
set -eu

# == secrets: Secrets
# Apply
kubectl apply --filename=dist

# == apply: Manifests
# Apply
kubectl apply --filename=dist
# Apply
# The current state is unknown: once
kubectl apply --filename=dist
`);
});

test('a script holds nothing that is obeyed but line breaks', () => {
  const text = everyHostile.replaceAll('\0', '');
  const action = { title: everyHostile, commands: [{ program: 'echo', args: [text], input: { text } }] };
  const planned = { action: { title: 'Look', commands: [] }, upToDate: everyHostile };
  const step = { name: 'apply', title: everyHostile, actions: [{ action }, planned], unknown: everyHostile };
  expectHarmless(scriptOf([step], { name: everyHostile, reasons: [everyHostile] }));
});
