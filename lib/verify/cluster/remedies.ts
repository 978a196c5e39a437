import type { Manifest } from '../../model/manifest.ts';
import { operand, runInstruction, variableWord } from '../../text/shell.ts';
import { isVariableName, variableName } from '../../text/variable-name.ts';
import { shellLine } from '../shell-line.ts';
import type { DataReference } from './live-data.ts';

/** An object of a namespace. */
export interface Addressed {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const typed = ({ kind, name }: Addressed): string => `${kind.toLowerCase()}/${name}`;

/** Brings the cluster to what is committed. */
export const applyOf = ({ document: { file } }: Manifest): string =>
  runInstruction(shellLine`kubectl apply -f ${file.startsWith('<') ? '-' : operand(file)}`);

/** Starts the pods of a workload anew. */
export const restartOf = (workload: Addressed): string =>
  runInstruction(shellLine`kubectl rollout restart ${typed(workload)} --namespace ${workload.namespace}`);

/** Lets a rollout that is paused go on. */
export const resumeOf = (workload: Addressed): string =>
  runInstruction(shellLine`kubectl rollout resume ${typed(workload)} --namespace ${workload.namespace}`);

/** Shows what the cluster reports of an object. */
export const describeOf = (object: Addressed): string =>
  runInstruction(shellLine`kubectl describe ${typed(object)} --namespace ${object.namespace}`);

/** Shows the log of a pod, or of the run of a container that ended before. */
export function logOf(pod: Omit<Addressed, 'kind'>, container?: string, previous = false): string {
  const flags = [...(container === undefined ? [] : ['--container', container]), ...(previous ? ['--previous'] : [])];
  return runInstruction(shellLine`kubectl logs ${pod.name} --namespace ${pod.namespace} ${flags}`);
}

/** Shows the addresses behind a Service. */
export const endpointsOfService = ({ namespace, name }: Omit<Addressed, 'kind'>): string =>
  runInstruction(
    shellLine`kubectl get endpointslices --namespace ${namespace} --selector ${`kubernetes.io/service-name=${name}`}`,
  );

/** Creates a ConfigMap or a Secret with the key that is read of it; the shell has its value. */
export function createOf({ kind, name, key = 'KEY' }: DataReference, namespace: string): string {
  const type = kind === 'Secret' ? ['secret', 'generic'] : ['configmap'];
  return runInstruction(
    isVariableName(key)
      ? shellLine`kubectl create ${type} ${name} --namespace ${namespace} --from-literal ${variableWord(variableName(key))}`
      : shellLine`kubectl create ${type} ${name} --namespace ${namespace} --from-file ${`${key}=FILE`}`,
  );
}
