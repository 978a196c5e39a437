import { runInOwnNetwork } from './own-network.ts';

// node --import tsx e2e/cluster/run-in-own-network.ts COMMAND [ARGUMENT...]
process.exit(await runInOwnNetwork(process.argv.slice(2)));
