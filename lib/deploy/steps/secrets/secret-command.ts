import type { Command } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager } from '../../../run/kube/names.ts';
import { labelArguments } from '../../../run/kube/system-objects.ts';
import type { VariableName } from '../../../text/variable-name.ts';
import type { WantedSecret } from './wanted-secrets.ts';

/** What makes a Secret that is not there. Its values come from the environment, over standard input alone. */
export function createSecret(context: DeployContext, secret: WantedSecret): Command {
  const made = fromEnvironment(context, secret, secret.keys);
  const labelled = context.kubectl(['label', '--local', '--filename=-', ...labelArguments(context.config), '-o=yaml'], {
    input: { from: made },
  });
  const apply = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--filename=-'];
  return context.kubectl(apply, { input: { from: labelled } });
}

/** What sets some keys of a Secret that is there, and leaves all others and its owner as they are. */
export function changeSecret(context: DeployContext, secret: WantedSecret, keys: readonly VariableName[]): Command {
  const { name, namespace } = secret;
  const patch = ['patch', 'secret', name, `--namespace=${namespace}`, '--type=merge', '--patch-file=/dev/stdin'];
  return context.kubectl([...patch, `--field-manager=${fieldManager}`], {
    input: { from: fromEnvironment(context, secret, keys) },
  });
}

function fromEnvironment(
  context: DeployContext,
  { name, namespace }: WantedSecret,
  keys: readonly VariableName[],
): Command {
  const create = ['create', 'secret', 'generic', name, `--namespace=${namespace}`];
  return context.kubectl([...create, '--from-env-file=/dev/stdin', '--dry-run=client', '-o=yaml'], {
    input: { secrets: keys },
  });
}
