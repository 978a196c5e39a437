import type { Sender } from '../model/path/sender.ts';

/** A service that is verified: a container that sends spans, as it is committed. */
export interface Target {
  /** `service.name`. */
  readonly service: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly container: string;
  readonly sender: Sender;
}

export const targetOf = (sender: Sender): Target => ({
  service: sender.service,
  kind: sender.workload.kind,
  name: sender.workload.name,
  namespace: sender.workload.namespace,
  container: sender.container.name,
  sender,
});

/** Kind, namespace and name, for messages. */
export const targetTitle = ({ kind, namespace, name }: Pick<Target, 'kind' | 'namespace' | 'name'>): string =>
  `${kind} ${namespace}/${name}`;
