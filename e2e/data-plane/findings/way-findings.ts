import { podTitle } from '../pods.ts';
import type { ServiceProcess } from '../service-process.ts';

/** Where the endpoint of a service leads otherwise than to the agent of its pod's own node. */
export function wayFindings(services: readonly ServiceProcess[]): string[] {
  return services.flatMap(({ pod, env, resolution }) => {
    const endpoint = `endpoint ${env.get('OTEL_EXPORTER_OTLP_ENDPOINT')} of pod ${podTitle(pod)}`;
    if ('lost' in resolution) return [`${endpoint} leads nowhere: ${resolution.lost}`];
    if (resolution.nodeName === pod.spec.nodeName) return [];
    return [
      `${endpoint} leads to ${resolution.nodeName}, but the pod is on ${pod.spec.nodeName}: internalTrafficPolicy must be Local`,
    ];
  });
}
