import { z } from 'zod';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError, messageOf } from './coralogix-error.ts';

const vector = z.object({
  status: z.string(),
  data: z
    .object({
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
    })
    .optional(),
  warnings: z.array(z.string()).default([]),
});

/** One element of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface PromAnswer {
  readonly query: string;
  readonly samples: readonly Sample[];
  /** Why samples may be missing; undefined: the answer is whole. */
  readonly partial: string | undefined;
}

/**
 * Evaluates an instant query.
 *
 * @throws CoralogixError when it fails
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export async function runPromQl(client: CoralogixClient, query: string, now: Date): Promise<PromAnswer> {
  const text = await client.get('/metrics/api/v1/query', { query, time: String(now.getTime() / 1000) });
  const answer = vector.safeParse(json(client.host, text));
  if (!answer.success || answer.data.status !== 'success' || answer.data.data === undefined) {
    throw new CoralogixError('failed', `${client.host} could not run the query of metrics: ${messageOf(text)}`);
  }
  const { data, warnings } = answer.data;
  return {
    query,
    samples: data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) })),
    partial: warnings.length === 0 ? undefined : `the answer has a warning: ${warnings[0]}`,
  };
}

function json(host: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw text.trimStart().startsWith('<')
      ? new CoralogixError(
          'not-coralogix',
          `${host} answers with a web page: it is no API host of Coralogix`,
          'name the API host by --api-host',
        )
      : new CoralogixError('cut', `the answer of ${host} breaks off`);
  }
}

/** Alternatives as a value of `=~`, in quotation marks. */
export function oneOfValues(values: readonly string[]): string {
  const pattern = values.map((value) => value.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)).join('|');
  return JSON.stringify(pattern);
}
