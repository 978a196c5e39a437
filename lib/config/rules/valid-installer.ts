import { quoted } from '../shape/quoted.ts';
import type { Rule } from './rule.ts';

/** The script runs as root on the host: whoever can change it on its way there owns the machine. */
export const validInstaller: Rule = {
  id: 'valid-installer',
  *check({ system }) {
    const installer = system.at('deploy', 'k3s', 'installer');
    const written = installer.text();
    if (written === undefined || written.startsWith('/') || isHttps(written)) {
      return;
    }
    const secure = written.replace(/^http:/i, 'https:');
    yield installer.finding(
      `deploy.k3s.installer is an https address or the path of a file on the host, not ${quoted(written)}`,
      `write: ${isHttps(secure) ? secure : 'https://get.k3s.io, or /path/of/install.sh'}`,
    );
  },
};

const isHttps = (address: string): boolean => /^https:\/\/[^\s/?#]/i.test(address) && URL.canParse(address);
