import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schemaText = readFileSync(
  new URL('../../schema/report-1.0.schema.json', import.meta.url),
  'utf8',
);

export const validate = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).compile(
  JSON.parse(schemaText),
);

/** The shipped schema lets 1.1 add keys; here a key that it does not describe is an omission. */
export const validateEveryKey = new Ajv2020({ strict: false }).compile({
  ...JSON.parse(schemaText, closeObject),
  unevaluatedProperties: false,
});

/**
 * A reviver that closes every object. The envelope and the mode describe one object together, and so do the parts of
 * an `allOf`: these are closed where they meet.
 */
function closeObject(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isPart = /^\d+$/.test(key);
  const isShared = '$ref' in value && /\/(input|elfFacts|origin)$/.test(String(value.$ref));
  const isOpen = /^(envelope|image|convert|bake|docker|inspect|check|input|elfFacts|origin)$/.test(
    key,
  );
  if (isOpen) return value;
  if ('allOf' in value || (isShared && !isPart)) return { ...value, unevaluatedProperties: false };
  if (!('type' in value && value.type === 'object' && 'properties' in value)) return value;
  return { ...value, additionalProperties: false };
}
