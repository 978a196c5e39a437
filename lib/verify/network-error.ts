/** Code of a failed call, e.g. `ECONNREFUSED`, also where it stands in the cause of the error. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return 'ABORT_ERR';
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return errorCode(error.cause);
}

/** Seconds that a server asks to wait, from the header `retry-after`: a number or a date. */
export function retryAfterSeconds(header: string | null | undefined, now = Date.now()): number | undefined {
  if (header === null || header === undefined || header.trim() === '') {
    return undefined;
  }
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
