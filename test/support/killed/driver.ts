import { replaceFiles } from '../../../lib/lint/fix/replace-files.ts';
import { writeOutput } from '../../../lib/synth/write-output.ts';
import { changingCalls, watchingCalls } from '../file-calls.ts';
import { firstSynthesis, fixes, fixesOf, outputOf, synthesis } from './scenario.ts';

/**
 * Writes files and is killed at one call to the file system. It is run as a process of its own and given the name of a
 * scenario, the folder, and the number of the call, 0 for none. It prints how many calls there were.
 */
const [name, folder = '', at] = process.argv.slice(2);

const work: Readonly<Record<string, () => void>> = {
  synthesis: () => writeOutput(outputOf(folder, synthesis)),
  firstSynthesis: () => writeOutput(outputOf(folder, firstSynthesis)),
  fixes: () => replaceFiles(fixesOf(folder, fixes)),
};

const calls = watchingCalls(
  folder,
  ({ index, half }) => {
    if (index === Number(at)) {
      half();
      process.kill(process.pid, 'SIGKILL');
    }
  },
  work[name ?? ''] ?? (() => {}),
  // The others change nothing that is there after the process.
  changingCalls.filter((call) => !['closeSync', 'fchmodSync', 'fchownSync'].includes(call)),
);
console.log(calls);
