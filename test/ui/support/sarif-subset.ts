/**
 * The part of SARIF 2.1.0 (OASIS Standard, sections 3.13 to 3.58) that the audit uses, with the required properties,
 * enumerations and minima of the standard. A property that is not listed is a slip: the standard knows none of that
 * name, or nobody has looked it up.
 */
const text = { type: 'string' } as const;
const positive = { type: 'integer', minimum: 1 } as const;
const level = { enum: ['none', 'note', 'warning', 'error'] } as const;
const message = object({ text }, ['text']);
const artifactLocation = object({ uri: { type: 'string', format: 'uri-reference' } }, ['uri']);
const region = object(
  {
    ...{ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive },
    snippet: object({ text }),
  },
  ['startLine'],
);
const locations = list(
  object({ physicalLocation: object({ artifactLocation, region }, ['artifactLocation']) }),
);

export const sarifSubset = object(
  {
    $schema: text,
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object({ driver: driver() }, ['driver']),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          invocations: list(
            object(
              {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: list(
                  object({ level, message, locations }, ['message']),
                ),
              },
              ['executionSuccessful'],
            ),
          ),
          results: list(result()),
        },
        ['tool'],
      ),
    ),
  },
  ['version', 'runs'],
);

function driver() {
  const rule = object(
    {
      ...{ id: text, name: text, shortDescription: message },
      defaultConfiguration: object({ level }),
    },
    ['id'],
  );
  const rules = { ...list(rule), uniqueItems: true };
  return object({ name: text, semanticVersion: text, rules }, ['name']);
}

function result() {
  const replacement = object({ deletedRegion: region, insertedContent: object({ text }) }, [
    'deletedRegion',
  ]);
  const change = object({ artifactLocation, replacements: { ...list(replacement), minItems: 1 } }, [
    'artifactLocation',
    'replacements',
  ]);
  const fix = object({ description: message, artifactChanges: { ...list(change), minItems: 1 } }, [
    'artifactChanges',
  ]);
  return object(
    {
      ...{ ruleId: text, ruleIndex: { type: 'integer', minimum: 0 }, level, message, locations },
      fixes: { ...list(fix), uniqueItems: true },
      suppressions: list(
        object({ kind: { enum: ['inSource', 'external'] }, justification: text }, ['kind']),
      ),
    },
    ['message'],
  );
}

function object(properties: object, required: readonly string[] = []) {
  return { type: 'object', properties, required, additionalProperties: false };
}

function list(items: object) {
  return { type: 'array', items };
}
