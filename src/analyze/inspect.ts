import { bytesContent, type Content, readBytes } from '../content.ts';
import { ToolError } from '../errors.ts';
import { MAX_NEEDED_LIBRARIES, MAX_TEXTS_BYTES, MIN_TEXT_COST } from './archive-limits.ts';
import { type ElfFacts, readElf } from './elf.ts';
import type { Entry } from './entry.ts';
import { isKernelModule, readVermagic } from './kernel-module.ts';
import { MANIFEST_MAX_BYTES, MANIFEST_PATH, type Manifest, parseManifest } from './manifest.ts';
import { isPassingShell, isShell } from './passing-shell.ts';
import { selfRelativePaths } from './self-relative-paths.ts';
import { parseShebang, SHEBANG_BYTES, type Shebang, scriptProgram } from './shebang.ts';
import { findTorcxStrings, type TorcxString } from './torcx-strings.ts';

/** An archive's entries and what the contents of its files say. */
export interface Inspection {
  /** Sorted, parents first. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Undefined: the image has none, so Torcx activated nothing of it. */
  readonly manifest: Manifest | undefined;
  /** One for every file that says something; a hard link's facts are its target's. */
  readonly facts: ReadonlyMap<string, FileFacts>;
}

export interface FileFacts {
  readonly elf?: ElfFacts;
  /** The text of a file that may have to be read by the plan: a unit, or one that mentions Torcx. */
  readonly text?: string;
  /** Of a file that begins with `#!`. */
  readonly script?: Shebang;
  /** A shell script that does its work and ends, as far as its text tells. */
  readonly passes?: true;
  /** What a shell script looks for relative to the directory that it really lies in. */
  readonly besides?: readonly string[];
  /** Of a kernel module: which kernel it is for. Absent where that cannot be read without decompressing it. */
  readonly vermagic?: string;
  /** Torcx's paths and variables in a file that is no text, or too large to be rewritten. */
  readonly strings?: readonly TorcxString[];
}

/**
 * Units, scripts and settings are far smaller; larger texts are searched, not rewritten. A text of nothing but line
 * ends takes more than a thousand times its size while it is taken apart.
 */
const MAX_TEXT_BYTES = 1 << 18;

/**
 * Such a file is read once, and not for each question about it anew, into one array for all of them: of 100,000 files
 * both is the most of the time.
 */
const SMALL_BYTES = 1 << 16;

/** Files that systemd or one of its tools reads. */
const SYSTEMD_FILE =
  /\.(service|socket|target|mount|automount|swap|timer|path|slice|scope|device|network|netdev|link|conf|rules)$/;

/**
 * Looks into every file of an archive.
 * @throws ToolError `manifest-broken` for a manifest that Torcx refused, `archive-too-large`
 */
export async function inspectEntries(entries: readonly Entry[]): Promise<Inspection> {
  const facts = new Map<string, FileFacts>();
  const budget = new InspectionBudget();
  const scratch = new Uint8Array(SMALL_BYTES);
  for (const entry of entries) {
    if (entry.kind !== 'file') continue;
    const known = await inspectFile(entry.path, entry.content, scratch);
    if (!known) continue;
    budget.spend(known);
    facts.set(entry.path, known);
  }
  for (const entry of entries) {
    const known = entry.kind === 'hardlink' ? facts.get(entry.target) : undefined;
    if (known) facts.set(entry.path, known);
  }
  const byPath = new Map(entries.map(entry => [entry.path, entry]));
  return { entries: byPath, manifest: await readManifest(byPath), facts };
}

/** Sums up what the facts of all files together cost. */
class InspectionBudget {
  #textBytes = 0;
  #libraries = 0;

  spend({ text, elf }: FileFacts): void {
    if (text !== undefined) this.#textBytes += Math.max(MIN_TEXT_COST, text.length);
    if (elf) this.#libraries += elf.needed.length;
    if (this.#textBytes > MAX_TEXTS_BYTES)
      throw tooLarge('the units and texts to look through', MAX_TEXTS_BYTES);
    if (this.#libraries > MAX_NEEDED_LIBRARIES)
      throw tooLarge('the libraries that programs need', `${MAX_NEEDED_LIBRARIES}`);
  }
}

function tooLarge(what: string, limit: string | number): ToolError {
  return new ToolError('archive-too-large', { what, limit });
}

async function inspectFile(
  path: string,
  stored: Content,
  scratch: Uint8Array,
): Promise<FileFacts | undefined> {
  if (stored.size === 0) return SYSTEMD_FILE.test(path) ? { text: '' } : undefined;
  const bytes = stored.size <= SMALL_BYTES ? scratch.subarray(0, stored.size) : undefined;
  if (bytes) await stored.readInto(bytes, 0);
  const content = bytes ? bytesContent(bytes) : stored;
  const elf = await readElf(content);
  const script = elf ? undefined : await readShebang(content);
  const text =
    elf || content.size > MAX_TEXT_BYTES
      ? undefined
      : decodeText(bytes ?? (await readBytes(content)));
  const matters = text !== undefined && (/torcx/i.test(text) || SYSTEMD_FILE.test(path));
  const strings = text === undefined ? await findTorcxStrings(content) : [];
  const vermagic = isKernelModule(path) ? await readVermagic(content) : undefined;
  if (!elf && !script && !matters && strings.length === 0) return undefined;
  return {
    ...(elf && { elf }),
    ...(matters && { text }),
    ...(script && { script }),
    ...(script && text !== undefined && shellFacts(script, text)),
    ...(strings.length > 0 && { strings }),
    ...(vermagic !== undefined && { vermagic }),
  };
}

function shellFacts(script: Shebang, text: string): Pick<FileFacts, 'passes' | 'besides'> {
  if (!isShell(scriptProgram(script))) return {};
  const besides = selfRelativePaths(text);
  return { ...(isPassingShell(text) && { passes: true }), ...(besides.length > 0 && { besides }) };
}

async function readShebang(content: Content): Promise<Shebang | undefined> {
  return parseShebang(await readBytes(content, 0, Math.min(SHEBANG_BYTES, content.size)));
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for what is no text: it holds a NUL, or is no UTF-8 and could not be written back unchanged. */
function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

async function readManifest(entries: ReadonlyMap<string, Entry>): Promise<Manifest | undefined> {
  const named = entries.get(MANIFEST_PATH);
  const entry = named?.kind === 'hardlink' ? entries.get(named.target) : named;
  if (!entry) return undefined;
  if (entry.kind !== 'file') {
    throw new ToolError('manifest-broken', { reason: `it is a ${entry.kind}, not a file` });
  }
  if (entry.content.size > MANIFEST_MAX_BYTES) {
    throw new ToolError('manifest-broken', { reason: `it has ${entry.content.size} bytes` });
  }
  const text = decodeText(await readBytes(entry.content));
  if (text === undefined) throw new ToolError('manifest-broken', { reason: 'it is no UTF-8 text' });
  return parseManifest(text);
}
