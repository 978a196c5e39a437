import type { Rule } from '../rule.ts';
import { portFindings } from './support/ports.ts';
import { missingServices, selectorFindings } from './support/services.ts';

export const validServiceReference: Rule = {
  id: 'valid-service-reference',
  severity: 'error',
  documentation: {
    summary:
      'Reports a Service that is not there, one that selects no pod, and a port that a Service or its pods do not have.',
    why: 'Kubernetes accepts each of these objects by itself. A name without Service is not resolved, a Service without pods refuses every connection, and a port that it does not list leads nowhere. Programs wait or log errors of connection; an SDK drops its spans in silence.',
    remediation: 'Make names, labels and ports of Service and pods the same, or take them from one place.',
    example: `kind: Service
spec:
  selector:
    app: api-gateway
  ports:
    - port: 8010
      targetPort: http`,
    see: [
      'https://kubernetes.io/docs/concepts/services-networking/service/',
      'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    ],
  },
  check: (model) => [...missingServices(model), ...selectorFindings(model), ...portFindings(model)],
};
