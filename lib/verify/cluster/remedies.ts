import type { Manifest } from '../../model/manifest.ts';
import { withoutNull } from '../../text/characters.ts';
import { operand, runInstruction, sh, variableWord } from '../../text/shell.ts';
import { isVariableName, variableName } from '../../text/variable-name.ts';
import type { DataReference } from './live-data.ts';

/** An object of a namespace. */
export interface Addressed {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const typed = ({ kind, name }: Addressed): string => withoutNull(`${kind.toLowerCase()}/${name}`);

/** Brings the cluster to what is committed. */
export const applyOf = ({ document: { file } }: Manifest): string =>
  runInstruction(sh`kubectl apply -f ${file.startsWith('<') ? '-' : operand(withoutNull(file))}`);

/** Starts the pods of a workload anew. */
export const restartOf = (workload: Addressed): string =>
  runInstruction(sh`kubectl rollout restart ${typed(workload)} --namespace ${withoutNull(workload.namespace)}`);

/** Lets a rollout that is paused go on. */
export const resumeOf = (workload: Addressed): string =>
  runInstruction(sh`kubectl rollout resume ${typed(workload)} --namespace ${withoutNull(workload.namespace)}`);

/** Shows what the cluster reports of an object. */
export const describeOf = (object: Addressed): string =>
  runInstruction(sh`kubectl describe ${typed(object)} --namespace ${withoutNull(object.namespace)}`);

/** Shows the log of a pod, or of the run of a container that ended before. */
export function logOf(pod: Omit<Addressed, 'kind'>, container?: string, previous = false): string {
  const flags = [
    ...(container === undefined ? [] : ['--container', withoutNull(container)]),
    ...(previous ? ['--previous'] : []),
  ];
  return runInstruction(sh`kubectl logs ${withoutNull(pod.name)} --namespace ${withoutNull(pod.namespace)} ${flags}`);
}

/** Shows the Services of a namespace. */
export const listServices = (namespace: string): string =>
  runInstruction(sh`kubectl get services --namespace ${withoutNull(namespace)}`);

/** Shows the addresses behind a Service. */
export const endpointsOfService = ({ namespace, name }: Omit<Addressed, 'kind'>): string =>
  runInstruction(
    sh`kubectl get endpointslices --namespace ${withoutNull(namespace)} --selector ${withoutNull(`kubernetes.io/service-name=${name}`)}`,
  );

/** Creates a ConfigMap or a Secret with the key that is read of it; the shell has its value. */
export function createOf({ kind, name, key = 'KEY' }: DataReference, namespace: string): string {
  const type = kind === 'Secret' ? ['secret', 'generic'] : ['configmap'];
  return runInstruction(
    isVariableName(key)
      ? sh`kubectl create ${type} ${withoutNull(name)} --namespace ${withoutNull(namespace)} --from-literal ${variableWord(variableName(key))}`
      : sh`kubectl create ${type} ${withoutNull(name)} --namespace ${withoutNull(namespace)} --from-file ${withoutNull(`${key}=FILE`)}`,
  );
}
