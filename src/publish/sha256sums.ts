/** What `sha256sum` says of one file. Text is as in path-text.ts. */
export interface Sha256Sum {
  /** A file's name, without a directory: it lies beside the list. */
  readonly name: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** systemd-sysupdate(8) asks a server for this name. */
export const SUMS_NAME = 'SHA256SUMS';

/**
 * A list as `sha256sum` writes it, with the line of one file made new: in its place where it had one, at the end where
 * not. All other lines stay as they are, byte for byte, whatever they say.
 */
export function withSha256Sum(list: string, sum: Sha256Sum): string {
  const lines = list.split('\n');
  const isCutOff = lines.at(-1) !== '';
  if (!isCutOff) lines.pop();
  const isOwn = lines.map(line => summedName(line) === sum.name);
  const place = isOwn.indexOf(true);
  const kept = lines.flatMap((line, index) => {
    if (index === place) return [sha256SumLine(sum)];
    return isOwn[index] ? [] : [line];
  });
  const all = place < 0 ? [...kept, sha256SumLine(sum)] : kept;
  return `${all.join('\n')}\n`;
}

/** GNU coreutils marks a line with a backslash when it had to escape the name in it. */
export function sha256SumLine({ name, sha256 }: Sha256Sum): string {
  const escaped = name.replaceAll(/[\\\n\r]/g, character => ESCAPES[character] ?? '');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
}

/** The name in a line, in GNU's form or in that of the BSDs (`SHA256 (NAME) = …`); `sha256sum -c` takes both. */
export function summedName(line: string): string | undefined {
  const found = /^(\\?)[0-9a-f]{64} [ *](.+)$/is.exec(line) ?? BSD_LINE.exec(line);
  const [, mark, name] = found ?? [];
  if (mark !== '\\') return name;
  return name?.replaceAll(/\\([\\nr])/g, (_, letter: string) => UNESCAPES[letter] ?? '');
}

const BSD_LINE = /^(\\?)SHA256 \((.+)\) = [0-9a-f]{64}$/is;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };
const UNESCAPES: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };
