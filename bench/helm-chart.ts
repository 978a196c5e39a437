import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toYaml } from '../lib/yaml/to-yaml.ts';
import { serviceName, servicePort } from './system-of-size.ts';

/**
 * A chart that renders the same objects as the manifests in `dist`: those of the first service, with its name and
 * port as template expressions, once for each service; the rest as it is.
 */
export function writeHelmChart(chart: string, dist: string, size: number): void {
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), toYaml({ apiVersion: 'v2', name: 'bench', version: '1.0.0' }));
  const services = Array.from({ length: size }, (_, index) => ({ name: serviceName(index), port: servicePort(index) }));
  writeFileSync(join(chart, 'values.yaml'), toYaml({ services }));
  for (const file of readdirSync(dist).filter((name) => name.endsWith('.yaml') && !name.startsWith('30-'))) {
    writeFileSync(join(chart, 'templates', file), readFileSync(join(dist, file)));
  }
  const service = readFileSync(join(dist, `30-${serviceName(0)}.yaml`), 'utf8')
    .replaceAll(serviceName(0), '{{ .name }}')
    .replaceAll(String(servicePort(0)), '{{ .port }}');
  writeFileSync(
    join(chart, 'templates/30-services.yaml'),
    `{{- range .Values.services }}\n---\n${service}{{- end }}\n`,
  );
}
