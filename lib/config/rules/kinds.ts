import { quoted } from '../../text/quoted.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { servicePatchKinds, workloadKinds } from '../schema/workloads.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { effective, hasPorts, kindOf, servicesOf, servicesWith } from './system-parts.ts';

/** Kinds whose pods end. */
const endingKinds = ['job', 'cronjob'];

/** Kinds whose number of pods can be set. */
const scaledKinds = ['deployment', 'statefulset'];

/** Keys that depend on the kind, and the kind itself. */
const kindKeys = ['kind', 'schedule', 'replicas', 'autoscaling', 'podDisruptionBudget', 'restartPolicy'];

/** What one kind of workload has and another has not. */
const validKindKey: ConfigRule = {
  id: 'valid-kind-key',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, ...kindKeys)) {
      const kind = kindOf(part);
      if (kind === '') {
        continue;
      }
      const schedule = part.get('schedule');
      if (kind === 'cronjob' && schedule.kind === 'absent') {
        yield part.get('kind').finding(`${title} is a cronjob without a schedule`, 'write: schedule: "0 3 * * *"');
      }
      if (kind !== 'cronjob' && schedule.kind !== 'absent') {
        yield schedule.keyFinding(`${title} is a ${kind}, which has no schedule`, 'remove it, or write: kind: cronjob');
      }
      const written = schedule.text();
      if (kind === 'cronjob' && written !== undefined && !isSchedule(written)) {
        const message = `${quoted(written)} is no schedule: minute, hour, day of the month, month and day of the week`;
        yield schedule.finding(message, 'write: "0 3 * * *"');
      }
      yield* scaling(part, title, kind);
      const restartPolicy = part.get('restartPolicy');
      const restarts = restartPolicy.text();
      if (endingKinds.includes(kind) ? restarts === 'Always' : restarts !== undefined && restarts !== 'Always') {
        const allowed = endingKinds.includes(kind) ? 'OnFailure or Never' : 'Always';
        yield restartPolicy.finding(`the pods of a ${kind} restart ${allowed}, not ${restarts}`, `write: ${allowed}`);
      }
    }
  },
};

/** Ranges of the five fields, in their order. */
const scheduleFields = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i },
  { least: 0, most: 7, names: /^(sun|mon|tue|wed|thu|fri|sat)$/i },
];

/** Whether a text is a schedule of a CronJob. @see https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format */
function isSchedule(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  const isField = (field: string, { least, most, names }: (typeof scheduleFields)[number]) =>
    field.split(',').every((part) => {
      const [, from = '', to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(part) ?? [];
      const isBound = (bound: string) =>
        names?.test(bound) === true || (/^\d+$/.test(bound) && Number(bound) >= least && Number(bound) <= most);
      const isRange = /^[*?]$/.test(from) ? to === undefined : isBound(from) && (to === undefined || isBound(to));
      return isRange && step !== '0';
    });
  return (
    /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(text) ||
    (fields.length === scheduleFields.length &&
      scheduleFields.every((range, index) => isField(fields[index] ?? '', range)))
  );
}

function* scaling(service: Located, title: string, kind: string): Iterable<Finding> {
  const autoscaling = service.get('autoscaling');
  for (const key of ['replicas', 'autoscaling', 'podDisruptionBudget']) {
    if (!scaledKinds.includes(kind) && service.get(key).kind !== 'absent') {
      yield service.get(key).keyFinding(`${title} is a ${kind}, which has no ${key}`, 'remove it');
    }
  }
  const replicas = service.get('replicas');
  if (replicas.kind !== 'absent' && autoscaling.kind !== 'absent') {
    yield replicas.keyFinding(`${title} has both replicas and autoscaling, which sets them`, 'remove replicas');
  }
  const [least, most] = [autoscaling.get('minReplicas'), autoscaling.get('maxReplicas')];
  if (Number(least.text()) > Number(most.text())) {
    yield least.finding(`minReplicas ${least.text()} is more than maxReplicas ${most.text()}`, `write: ${most.text()}`);
  }
  if (least.text() === '0' && !hasOutsideMetric(autoscaling)) {
    const message = `${title} scales to 0 pods by metrics of its pods, which then are gone: Kubernetes refuses that`;
    yield least.finding(message, 'write: 1, or a metric of type External or Object');
  }
  const budget = service.get('podDisruptionBudget');
  for (const [, value] of budget.entries()) {
    const [, share] = /^(\d+)%$/.exec(value.text() ?? '') ?? [];
    if (Number(share) > 100) {
      yield value.finding(`${share}% of the pods are more than all of them`, 'write: 100%');
    }
  }
  if (budget.entries().length > 1) {
    const message = 'podDisruptionBudget has both minAvailable and maxUnavailable; Kubernetes takes one';
    yield budget.keyFinding(message, 'remove one of the two');
  }
}

/** Whether a metric is there that needs no pods. */
const hasOutsideMetric = (autoscaling: Located): boolean =>
  autoscaling
    .get('metrics')
    .items()
    .some((metric) => ['External', 'Object'].includes(metric.get('type').text() ?? ''));

/** Most clusters refuse no pods at all. */
const noScaleToZero: ConfigRule = {
  id: 'no-scale-to-zero',
  level: 'warning',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'autoscaling')) {
      const autoscaling = part.get('autoscaling');
      const least = autoscaling.get('minReplicas');
      if (least.text() === '0' && hasOutsideMetric(autoscaling)) {
        const message = `${title} scales to 0 pods, which an API server accepts only with the feature gate HPAScaleToZero`;
        yield least.finding(message, 'write: 1, unless the cluster has the feature gate');
      }
    }
  },
};

/** A ServiceAccount is synthesized once, and one that is not must be named. */
const validServiceAccount: ConfigRule = {
  id: 'valid-service-account',
  *check({ system }) {
    const created: Located[] = [];
    for (const { part, title } of servicesWith(system, 'serviceAccount').length === 0 ? [] : servicesOf(system)) {
      const account = part.get('serviceAccount');
      const name = account.get('name');
      if (account.get('create').text() !== 'false') {
        created.push(name.kind === 'absent' ? part.get('name') : name);
      } else if (name.kind === 'absent') {
        yield account.finding(`${title} has a ServiceAccount that is not created and has no name`, 'add name: …');
      }
    }
    for (const { value, text, first } of repeats(created)) {
      // Two services of one name are another rule's.
      if (![value, first].some(({ path }) => path.includes('serviceAccount'))) {
        continue;
      }
      const message = `the ServiceAccount ${text} belongs to the service of line ${first.place.line} already`;
      yield value.finding(message, 'write: serviceAccount: { name: …, create: false } in one of the two');
    }
  },
};

/** A patch of an object that is not synthesized would change nothing. */
const validPatchKind: ConfigRule = {
  id: 'valid-patch-kind',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'patch')) {
      const patches = part.get('patch').entries();
      const present = objectsOf(system, part);
      for (const [kind, patch] of patches) {
        if (servicePatchKinds.some((known) => known === kind) && !present.includes(kind)) {
          const message = `${title} has no object of kind ${kind}; it has ${present.join(', ')}`;
          yield patch.keyFinding(message, 'remove it');
        }
      }
    }
  },
};

function objectsOf(system: Located, service: Located): string[] {
  const name = kindOf(service);
  const workload = Object.entries(workloadKinds).find(([kind]) => kind === name)?.[1];
  const isScaled = Number(effective(system, service, 'replicas').text()) > 1;
  const isAutoscaled = service.get('autoscaling').kind !== 'absent';
  const claims = service
    .get('volumes')
    .items()
    .filter((volume) => volume.get('claim').kind !== 'absent');
  return [
    ...(workload === undefined ? [] : [workload]),
    ...(hasPorts(service) ? ['Service'] : []),
    ...(service.at('serviceAccount', 'create').text() === 'false' ? [] : ['ServiceAccount']),
    ...(isAutoscaled ? ['HorizontalPodAutoscaler'] : []),
    ...(service.get('podDisruptionBudget').kind !== 'absent' || (isScaled && !isAutoscaled)
      ? ['PodDisruptionBudget']
      : []),
    ...(claims.length > 0 && name !== 'statefulset' ? ['PersistentVolumeClaim'] : []),
  ];
}

export const kindRules: readonly ConfigRule[] = [validKindKey, validPatchKind, validServiceAccount, noScaleToZero];
