/** Spans to make: what they are, and how many of them. */
export interface SpanPlan {
  readonly name: string;
  readonly kind?: 'SERVER' | 'CLIENT' | 'CONSUMER' | 'INTERNAL';
  readonly error?: boolean;
  readonly milliseconds?: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly count: number;
}

/** Marks by which a span is known again, whatever became of its resource: its test and the pod that made it. */
export const marks = (run: string, sender: string): Record<string, string> => ({
  'test.run': run,
  'test.sender': sender,
});

/**
 * What a web service does: with the old names of the conventions and the new, with errors, and other work. Its names
 * are the run's own, and so are the series that come of them.
 */
export const requests = (run: string, sender: string): SpanPlan[] => {
  const path = run.replaceAll(/\W+/g, '-');
  const marked = (attributes: SpanPlan['attributes']) => ({ ...marks(run, sender), ...attributes });
  return [
    {
      name: `GET /${path}`,
      milliseconds: 3,
      attributes: marked({ 'http.request.method': 'GET', 'http.response.status_code': 200 }),
      count: 12,
    },
    {
      name: `POST /${path}`,
      milliseconds: 60,
      error: true,
      attributes: marked({ 'http.method': 'POST', 'http.status_code': 500 }),
      count: 5,
    },
    { name: `${path} process`, kind: 'CONSUMER', milliseconds: 700, attributes: marked({}), count: 3 },
  ];
};

/** Spans of one request, for loads. */
export const request = (name: string, run: string, sender: string): Omit<SpanPlan, 'count'> => ({
  name,
  milliseconds: 3,
  attributes: { ...marks(run, sender), 'http.request.method': 'GET', 'http.response.status_code': 200 },
});
