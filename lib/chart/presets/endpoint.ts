import type { ChartValues } from '../chart-values.ts';

/** An address that the collector binds or asks, of the pod or of the node. */
export function endpoint(values: ChartValues, variable: 'MY_POD_IP' | 'K8S_NODE_IP', port: number): string {
  return `${host(values, variable)}:${port}`;
}

function host(values: ChartValues, variable: string): string {
  if (variable === 'MY_POD_IP' && ['standalone', 'macos'].includes(values.distribution)) {
    return '${env:OTEL_LISTEN_INTERFACE:-127.0.0.1}';
  }
  if (variable === 'MY_POD_IP' && values.distribution === 'ecs') {
    return '0.0.0.0';
  }
  const address = `\${env:${variable}}`;
  return values.text('networkMode') === 'ipv6' ? `[${address}]` : address;
}
