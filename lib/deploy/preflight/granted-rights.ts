import { z } from 'zod';
import type { Manifest } from '../../model/manifest.ts';
import { listAt } from '../../yaml/value.ts';
import { type Right, rights } from './right.ts';

const rule = z.object({
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  verbs: z.array(z.string()).default([]),
});

/**
 * What a role gives to others: nobody can give what he has not.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function grantedRights({ kind, namespace, value }: Manifest): Right[] {
  if (kind !== 'ClusterRole' && kind !== 'Role') {
    return [];
  }
  return listAt(value, 'rules').flatMap((written) => {
    const { data } = rule.safeParse(written);
    return (data?.apiGroups ?? []).flatMap((group) =>
      rights(kind === 'Role' ? namespace : undefined, group, data?.resources ?? [], data?.verbs ?? []),
    );
  });
}
