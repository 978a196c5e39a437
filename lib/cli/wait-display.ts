import { visibleLine } from '../text/visible.ts';
import type { Verification } from '../verify/verification.ts';
import { report, terminal } from './printer.ts';

/** Shows that something is waited for: one line that is drawn anew on a terminal, else a line for each change. */
export interface WaitDisplay {
  show(verification: Verification, remainingMilliseconds: number): void;
  end(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export function waitDisplay(): WaitDisplay {
  return terminal.output.isTTY === true ? spinner() : lines();
}

const messageOf = ({ headline }: Verification): string => headline.message;

function spinner(): WaitDisplay {
  let text = '';
  let end = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    frame += 1;
    const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
    const width = Math.max(20, (terminal.output.columns ?? 80) - 1);
    const line = `${frames[frame % frames.length]} waiting, ${seconds} s left: ${text}`;
    terminal.output.write(`\r\u001b[K${visibleLine(line).slice(0, width)}`);
  };
  return {
    show(verification, remaining) {
      text = messageOf(verification);
      end = Date.now() + remaining;
      timer ??= setInterval(draw, 100).unref();
      draw();
    },
    end() {
      if (timer !== undefined) {
        clearInterval(timer);
        terminal.output.write('\r\u001b[K');
      }
    },
  };
}

function lines(): WaitDisplay {
  let before = '';
  return {
    show(verification, remaining) {
      const message = messageOf(verification);
      if (message !== before) {
        report(`waiting, ${Math.round(remaining / 1000)} s left: ${message}`);
        before = message;
      }
    },
    end() {},
  };
}
