import { writeFileSync } from 'node:fs';
import { configurationDocument } from '../lib/config/schema/documentation.ts';

writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationDocument());
