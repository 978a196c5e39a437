import { stage } from './stage.ts';

const className = 'local-path';
const provisioner = 'podhost.test/local-path';

/** As k3s ships it: the default class, bound when the scheduler has chosen the pod's node. */
export const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: className, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
};

const selectedNode = '.metadata.annotations["volume.kubernetes.io/selected-node"]';

/** The provisioner's part: a volume for the claim, on its node. To bind the two stays the real controller's part. */
const volumeForClaim = stage('volume-for-claim', {
  kind: 'PersistentVolumeClaim',
  when: [
    '.metadata.deletionTimestamp == null',
    `.spec.storageClassName == "${className}"`,
    '.spec.volumeName == null',
    `${selectedNode} != null`,
  ].join(' and '),
  steps: [
    {
      apply: {
        template: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations:
    pv.kubernetes.io/provisioned-by: ${provisioner}
spec:
  storageClassName: ${className}
  persistentVolumeReclaimPolicy: Delete
  accessModes:
  {{ YAML .spec.accessModes 1 }}
  capacity:
    storage: {{ .spec.resources.requests.storage | Quote }}
  volumeMode: {{ .spec.volumeMode }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    namespace: {{ .metadata.namespace | Quote }}
    name: {{ .metadata.name | Quote }}
    uid: {{ .metadata.uid | Quote }}
  local:
    path: /volumes/{{ .metadata.uid }}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions:
        - key: kubernetes.io/hostname
          operator: In
          values:
          - {{ index .metadata.annotations "volume.kubernetes.io/selected-node" | Quote }}
`,
      },
    },
  ],
});

const volumeGone = stage('volume-gone', {
  kind: 'PersistentVolume',
  when: `.metadata.deletionTimestamp == null and .spec.storageClassName == "${className}" and .status.phase == "Released"`,
  steps: [{ delete: true }],
});

export const storageStages = [volumeForClaim, volumeGone];
