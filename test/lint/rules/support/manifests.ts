/** Moves a text to the right, but for its first line, which stands where it is put. */
export const indented = (text: string, columns: number): string =>
  text.trim().replaceAll('\n', `\n${' '.repeat(columns)}`);

export interface DeploymentProps {
  readonly name?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly image?: string;
  /** Entries of `env`, as YAML. */
  readonly env?: string;
  /** Further keys of the container, of the pod's spec, and of the pod's metadata, as YAML. */
  readonly container?: string;
  readonly pod?: string;
  readonly metadata?: string;
}

/** A Deployment whose `env` begins in line 18, column 13. */
export function deployment(props: DeploymentProps = {}): string {
  const { name = 'api', kind = 'Deployment', namespace = 'shop', image = 'shop-api:1', env } = props;
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
      ${indented(props.metadata ?? 'annotations: {}', 6)}
    spec:
      containers:
        - image: ${image}
          name: app
          ${indented(props.container ?? 'ports: []', 10)}
          env: ${env === undefined ? '[]' : `\n            ${indented(env, 12)}`}
      ${indented(props.pod ?? 'enableServiceLinks: false', 6)}
`;
}

/** Some documents of one file. */
export const documents = (...texts: string[]): string => texts.join('---\n');

/** A ConfigMap of the namespace `shop`, whose first value stands in line 7. */
export const configMap = (data: Readonly<Record<string, string>>, name = 'shop-config'): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: shop
data:
${Object.entries(data)
  .map(([key, value]) => `  ${key}: ${value}\n`)
  .join('')}`;

/** An entry of `env` with a field of the pod. */
export const field = (name: string, fieldPath: string): string => `- name: ${name}
  valueFrom:
    fieldRef:
      fieldPath: ${fieldPath}
`;

export const literal = (name: string, value: string): string => `- name: ${name}
  value: ${value}
`;

export const fromConfigMap = (name: string, key = name, map = 'shop-config'): string => `- name: ${name}
  valueFrom:
    configMapKeyRef:
      name: ${map}
      key: ${key}
`;
