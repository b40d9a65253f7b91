/** Writes the JSON schemas that editors read: what the code itself goes by, as JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORS_FILE } from '../src/verify/cors-file/schema';

const SCHEMAS = { 'cdk-cors.schema.json': CORS_FILE };

for (const [name, schema] of Object.entries(SCHEMAS))
  writeFileSync(join(__dirname, '..', 'docs', name), `${JSON.stringify(schema, undefined, 2)}\n`);
