import { Construct } from 'constructs';
import {
  Alert,
  AlertSpecAlertTypeSloThresholdBurnRateRulesConditionThreshold as BurnRate,
  SloSpecTargetThresholdPercentage as Percentage,
  Slo,
} from '../../imports/coralogix-operator-coralogix.com.ts';
import { type DurationBucket, milliseconds } from '../collector/components/span-metrics.ts';
import { recommendedLabels } from './labels.ts';

export interface ServiceObjectivesProps {
  /** Name of the service (`service.name`). */
  readonly service: string;
  /** Its namespace (`k8s.namespace.name`). */
  readonly namespace: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Share of requests that do not fail, in percent, e.g. `99.5`. */
  readonly availabilityPercent: string;
  /**
   * How long requests take: a bucket of the span metrics, and the share of requests that are as fast, in percent.
   *
   * @default - nothing is promised
   */
  readonly latency?: { readonly within: DurationBucket; readonly percent: string };
  /** Time over which they are judged. */
  readonly timeFrame: '7d' | '14d' | '21d' | '28d';
  /** How many times faster than planned the error budget is used up, over an hour, when the alert fires. */
  readonly burnRate: number;
  /** Priority of the alerts, `p1` the highest. */
  readonly priority: string;
}

/** What the Service Catalog counts as requests. */
const requestKinds = 'SPAN_KIND_SERVER|SPAN_KIND_CONSUMER';

/**
 * What a service promises, judged by its span metrics, and an alert for each promise that is about to be broken.
 *
 * @see https://coralogix.com/docs/user-guides/slos/introduction/
 */
export class ServiceObjectives extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceObjectivesProps,
  ) {
    super(scope, id);
    const { availabilityPercent, latency } = props;
    this.promise('availability', {
      percent: availabilityPercent,
      description: `${availabilityPercent} % of requests do not fail`,
      good: this.count('calls_total', 'status_code!="STATUS_CODE_ERROR"'),
      total: this.count('calls_total'),
    });
    if (latency !== undefined) {
      this.promise('latency', {
        percent: latency.percent,
        description: `${latency.percent} % of requests take at most ${latency.within}`,
        good: this.count('duration_ms_bucket', `le="${milliseconds(latency.within)}"`),
        total: this.count('duration_ms_count'),
      });
    }
  }

  private promise(what: 'availability' | 'latency', { percent, description, good, total }: Promised): void {
    const { service, partOf, timeFrame, burnRate, priority } = this.props;
    const name = `${service}-${what}`;
    const metadata = { name, labels: recommendedLabels({ name, partOf }) };
    new Slo(this, `${what}-slo`, {
      metadata,
      spec: {
        name,
        description: `${service}: ${description}`,
        sliType: { requestBasedMetric: { goodEvents: { query: good }, totalEvents: { query: total } } },
        targetThresholdPercentage: Percentage.fromString(percent),
        window: { timeFrame },
      },
    });
    new Alert(this, `${what}-alert`, {
      metadata,
      spec: {
        name: `${name} at risk`,
        description: `${service} uses up what it may fail ${burnRate} times faster than it promised: ${description}`,
        priority,
        alertType: {
          sloThreshold: {
            sloDefinition: { sloRef: { resourceRef: { name } } },
            burnRate: {
              rules: [{ condition: { threshold: BurnRate.fromString(String(burnRate)) } }],
              type: { single: { timeDuration: { duration: 1, unit: 'hours' } } },
            },
          },
        },
        notificationGroup: { router: { notifyOn: 'triggeredAndResolved' } },
      },
    });
  }

  private count(metric: string, condition?: string): string {
    const { service, namespace } = this.props;
    const selector = [
      `service_name="${service}"`,
      `k8s_namespace_name="${namespace}"`,
      `span_kind=~"${requestKinds}"`,
      ...(condition === undefined ? [] : [condition]),
    ];
    return `sum(rate(${metric}{${selector.join(', ')}}[5m]))`;
  }
}

interface Promised {
  readonly percent: string;
  readonly description: string;
  readonly good: string;
  readonly total: string;
}
