import fc from 'fast-check';

/** For how long each property is tried by `npm run fuzz`, in seconds. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);

/** How often a property is tried: so many times, or for as long as `npm run fuzz` says, which then prints the number. */
export const tries = <Values>(numRuns: number): fc.Parameters<Values> =>
  seconds === 0
    ? { numRuns }
    : { numRuns: 1_000_000_000, interruptAfterTimeLimit: seconds * 1000, reporter: reportTries };

function reportTries<Values>(details: fc.RunDetails<Values>): void {
  if (details.failed) {
    throw new Error(fc.defaultReportMessage(details));
  }
  console.log(`${details.numRuns} tries`);
}
