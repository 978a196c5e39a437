import type { CommandRunner } from '../../../run/command/command.ts';

/** Runs commands some at a time, in the order in which they come. */
export function boundedRunner(runner: CommandRunner, atOnce: number): CommandRunner {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(command, options) {
      if (running >= atOnce) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await runner.run(command, options);
      } finally {
        const next = waiting.shift();
        if (next === undefined) {
          running -= 1;
        } else {
          next();
        }
      }
    },
  };
}
