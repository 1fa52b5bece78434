import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

/** The schema that OASIS publishes with SARIF 2.1.0, from a package that brings it along. */
const schema: object = createRequire(import.meta.url)('schemastore/schemas/json/sarif-2.1.0.json');

// One of its patterns is none with the flag `u`.
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
ajv.addFormat('uri', value => URL.canParse(value));
ajv.addFormat(
  'uri-reference',
  value => /^[!#$&-;=?-[\]_a-z~%]*$/i.test(value) && !/%(?![0-9A-F]{2})/i.test(value),
);
ajv.addFormat('date-time', value => !Number.isNaN(Date.parse(value)));

export const validateSarif = ajv.compile(schema);
