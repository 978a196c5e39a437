import { k8s } from 'cdk8s-plus-27';

/** CPU and memory as Kubernetes quantities. */
export interface Amounts {
  /** E.g. `250m`. */
  readonly cpu: string;
  /** E.g. `128Mi`. */
  readonly memory: string;
}

/** What a container is promised and may use at most. */
export interface Resources {
  /** What the scheduler reserves. */
  readonly requests: Amounts;
  /** What the kubelet enforces. */
  readonly limits: Amounts;
}

/** What a container of the example system gets by default. */
export const defaultResources: Resources = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { cpu: '250m', memory: '128Mi' },
};

const quantities = ({ cpu, memory }: Amounts) => ({
  cpu: k8s.Quantity.fromString(cpu),
  memory: k8s.Quantity.fromString(memory),
});

export function resourceRequirements({ requests, limits }: Resources): k8s.ResourceRequirements {
  return { requests: quantities(requests), limits: quantities(limits) };
}
