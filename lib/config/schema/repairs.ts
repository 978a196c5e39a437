import { z } from 'zod';

/** How a text that was refused can be made to fit. The result is only shown when the definition accepts it. */
export interface Repair {
  readonly repair: (written: string) => string;
}

/** Repairs by definition. */
export const repairs = z.registry<Repair>();

/** `Api Gateway` → `api-gateway`, `https://Shop.example.com/` → `shop.example.com`. */
export const asDnsName = (written: string): string =>
  written
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/(:\d+)?([/?#].*)?$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[-.\d]+(?=[a-z])|[-.]+$/g, '');

/** `Api.Gateway` → `api-gateway`. */
export const asDnsLabel = (written: string): string => asDnsName(written).replaceAll('.', '-');

/** `100mb` → `100Mi`, `1 G` → `1G`, `0,5` → `0.5`. */
export const asQuantity = (written: string): string =>
  written
    .trim()
    .replace(',', '.')
    .replace(/^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/, (_, amount: string, unit: string) => amount + quantityUnit(unit));

function quantityUnit(unit: string): string {
  const prefix = unit.charAt(0);
  const isBytes = /^[kmgtpe]i?(b|bytes?)?$/i.test(unit) && unit !== 'm';
  if (!isBytes) {
    return /^(b|bytes?|cores?|cpus?)$/i.test(unit) ? '' : unit;
  }
  // `MB` is what Kubernetes calls `M`; someone who writes `mb` most likely means the usual `Mi`.
  const decimal = /^[KMGTPE]B?$/.test(unit) && prefix !== 'K';
  return decimal ? prefix : `${prefix.toUpperCase()}i`;
}

/** `yes` → `true`, `Off` → `false`. */
export const asFlag = (written: string): string => {
  const word = written.toLowerCase();
  return ['true', 'yes', 'on', 'y', '1', 'enabled'].includes(word)
    ? 'true'
    : ['false', 'no', 'off', 'n', '0', 'disabled'].includes(word)
      ? 'false'
      : written;
};

/** `8010/tcp` → `8010`, `08010` → `8010`, `8_010` → `8010`. */
export const asInteger = (written: string): string =>
  written.replaceAll(/[_, ]/g, '').replace(/^:?0*(\d+)(?:\.0+|\/tcp)?$/i, '$1');

/** `log-level` → `log_level`. */
export const asVariableName = (written: string): string =>
  written
    .trim()
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');

/** `api/health` → `/api/health`. */
export const asAbsolutePath = (written: string): string => `/${written.trim().replace(/^\/+/, '')}`;

/** `ssh://eva@192.0.2.7:22` → `eva@192.0.2.7`. */
export const asHost = (written: string): string =>
  written
    .trim()
    .replace(/^ssh:\/\/([^/]*?)(:\d+)?\/?$/, '$1')
    .replace(/^ssh\s+(?=\S+$)/, '');

/** `http://charts.example.com` → `https://charts.example.com`, `charts.example.com` → `https://charts.example.com`. */
export const asAddress = (written: string): string =>
  written.trim().replace(/^(http:\/\/|(?=[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/|$)))/i, 'https://');

/** `^2.1.0` → `2.1.0`, `2.1` → `2.1.0`. */
export const asVersion = (written: string): string =>
  written
    .trim()
    .replace(/^[\^~=<>\s]+/, '')
    .replace(/^(v?\d+\.\d+)$/, '$1.0');

/** `my shop` → `my-shop`. */
export const asContextName = (written: string): string => written.trim().replaceAll(/[\s"']+/g, '-');

/** `My Shop` → `my-shop`. */
export const asProjectName = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '');

/** `https://Registry.example.com/team/` → `registry.example.com/team`. */
export const asRegistry = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/+$/, '');

/** `/dist` → `dist`, `./dist` → `dist`. */
export const asRelativePath = (written: string): string => written.trim().replace(/^(\.?\/)+/, '');

/** Longer texts are no misspelt names or numbers, and some repairs would take long for them. */
const maximumLength = 1000;

/** A text that was refused, made to fit; only when the definition accepts the result. */
export function repairFor(schema: z.core.$ZodType, written: string): string | undefined {
  if (written.length > maximumLength) {
    return undefined;
  }
  const repaired = repairs.get(schema)?.repair(written);
  return repaired !== undefined && z.safeParse(schema, repaired).success ? repaired : undefined;
}
