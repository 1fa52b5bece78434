import { pathBytes, pathText } from '../path-text.ts';

/** Full names (`security.capability`) to raw values. */
export type Attributes = ReadonlyMap<string, Uint8Array>;

/** Reads what `getfattr --dump --encoding=hex` prints: a paragraph for each file that has attributes. */
export function parseAttributeDump(dump: Uint8Array): Map<string, Attributes> {
  const files = new Map<string, Map<string, Uint8Array>>();
  let attributes = new Map<string, Uint8Array>();
  // Names are bytes and go through as such; what would end a line or a name is escaped.
  for (const line of Buffer.from(dump).toString('latin1').split('\n')) {
    const path = line.startsWith(FILE) ? line.slice(FILE.length) : undefined;
    if (path !== undefined) {
      attributes = new Map();
      files.set(unescaped(path), attributes);
      continue;
    }
    const [, name, value] = /^([^=]+)=0x([0-9a-f]*)$/i.exec(line) ?? [];
    if (name !== undefined) attributes.set(unescaped(name), Buffer.from(value ?? '', 'hex'));
    else if (line !== '') throw new SyntaxError(`getfattr printed '${line.slice(0, 200)}'`);
  }
  return files;
}

/** The same text again, as `setfattr --restore` takes it. */
export function attributeDump(files: ReadonlyMap<string, Attributes>): Uint8Array {
  const lines: string[] = [];
  for (const [path, attributes] of files) {
    if (attributes.size === 0) continue;
    lines.push(`${FILE}${escaped(path, /[\\\n\r]/g)}`);
    for (const [name, value] of attributes) {
      lines.push(`${escaped(name, /[\\\n\r=]/g)}=0x${Buffer.from(value).toString('hex')}`);
    }
    lines.push('');
  }
  return Buffer.from(lines.map(line => `${line}\n`).join(''), 'latin1');
}

const FILE = '# file: ';

function unescaped(text: string): string {
  const bytes = text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
  return pathText(Buffer.from(bytes, 'latin1'));
}

function escaped(text: string, special: RegExp): string {
  return Buffer.from(pathBytes(text))
    .toString('latin1')
    .replaceAll(special, byte => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
