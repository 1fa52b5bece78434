import { printParseErrorCode, visit } from 'jsonc-parser';

/** Where a value begins; lines and columns count from 1. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/** A parsed value that knows its place. `value` is the scalar; containers have none. */
export type JsonNode = JsonPosition &
  (
    | {
        readonly type: 'object';
        readonly members: ReadonlyMap<string, JsonNode>;
        readonly value?: undefined;
      }
    | { readonly type: 'array'; readonly items: readonly JsonNode[]; readonly value?: undefined }
    | { readonly type: 'scalar'; readonly value: string | number | boolean }
    | { readonly type: 'null'; readonly value: null }
  );

type Container =
  | { readonly type: 'object'; readonly members: Map<string, JsonNode>; key: string }
  | { readonly type: 'array'; readonly items: JsonNode[] };

/** Torcx's own files nest three levels; a million brackets would exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * Parses JSON strictly (no comments, no trailing commas). A repeated key takes its last value, as in Go.
 * @throws what `fail` makes of the first error and its position
 */
export function parseStrictJson(
  text: string,
  fail: (reason: string, at: JsonPosition) => Error,
): JsonNode {
  const open: Container[] = [];
  let root: JsonNode | undefined;

  const add = (node: JsonNode) => {
    const parent = open.at(-1);
    if (!parent) root = node;
    else if (parent.type === 'array') parent.items.push(node);
    else parent.members.set(parent.key, node);
  };
  const begin = (container: Container, at: JsonPosition) => {
    if (open.length >= MAX_DEPTH) throw fail(`nested deeper than ${MAX_DEPTH} levels`, at);
    add({ ...container, ...at });
    open.push(container);
  };

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line, column) =>
        begin({ type: 'object', members: new Map(), key: '' }, position(line, column)),
      onArrayBegin: (_offset, _length, line, column) =>
        begin({ type: 'array', items: [] }, position(line, column)),
      onObjectProperty: name => {
        const object = open.at(-1);
        if (object?.type === 'object') object.key = name;
      },
      onObjectEnd: () => void open.pop(),
      onArrayEnd: () => void open.pop(),
      onLiteralValue: (value: string | number | boolean | null, _offset, _length, line, column) => {
        const at = position(line, column);
        add(value === null ? { type: 'null', value, ...at } : { type: 'scalar', value, ...at });
      },
      onError: (code, _offset, _length, line, column) => {
        throw fail(reasonOf(printParseErrorCode(code), open.at(-1)), position(line, column));
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  if (!root) throw fail('expected a value', { line: 1, column: 1 });
  return root;
}

function position(line: number, column: number): JsonPosition {
  return { line: line + 1, column: column + 1 };
}

function reasonOf(code: string, container: Container | undefined): string {
  const closing = container?.type === 'array' ? "']'" : "'}'";
  switch (code) {
    case 'CommaExpected':
      return `expected ',' or ${closing}`;
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
      return `expected ${closing}`;
    case 'ColonExpected':
      return "expected ':'";
    case 'PropertyNameExpected':
      return 'expected a key in double quotes';
    case 'ValueExpected':
      return 'expected a value';
    case 'EndOfFileExpected':
      return 'expected the end of the file';
    case 'UnexpectedEndOfString':
      return 'this string has no end';
    case 'InvalidCommentToken':
      return 'comments are not JSON';
    default:
      return `invalid JSON (${code})`;
  }
}
