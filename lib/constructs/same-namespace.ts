import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * Makes synthesis fail when a construct refers to an object of another namespace, which no pod can read.
 *
 * @param referred the constructs that it refers to, by what they are, e.g. `ConfigMap shop-config`
 */
export function requireSameNamespace(construct: Construct, referred: Readonly<Record<string, Construct>>): void {
  const namespaceOf = (of: Construct) => Chart.of(of).namespace ?? 'default';
  construct.node.addValidation({
    validate: () =>
      Object.entries(referred)
        .filter(([, other]) => namespaceOf(other) !== namespaceOf(construct))
        .map(
          ([title, other]) =>
            `its pods are in namespace ${namespaceOf(construct)} and cannot read ${title} in namespace ${namespaceOf(other)}: make both in charts of one namespace`,
        ),
  });
}
