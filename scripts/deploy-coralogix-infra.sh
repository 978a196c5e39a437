#!/bin/sh
# Deploys the example system: `podhost deploy` under the name that runbooks know. All arguments are passed on.
#   PRIVATE_KEY=… OPENAI_API_KEY=… scripts/deploy-coralogix-infra.sh --dry-run
set -eu
cd "$(dirname "$0")/.."
if [ -x node_modules/.bin/tsx ]; then
  exec node --import tsx lib/cli/podhost.ts deploy "$@"
fi
exec npx --no-install podhost deploy "$@"
