import { mkdirSync, writeFileSync } from 'node:fs';
import { configJsonSchema } from '../lib/config/schema/system.ts';

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('config.schema.json', folder), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
