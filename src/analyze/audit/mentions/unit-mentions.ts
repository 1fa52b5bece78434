import { partitionPoint } from '../../../partition-point.ts';
import { findTorcxReferences, type TorcxReference } from '../../torcx-reference.ts';
import { textRanges, type UnitFile, type UnitSetting } from '../../unit-file.ts';
import { splitWords, type UnitWord } from '../../unit-words.ts';
import { type Mention, type Strength, type Use, weaker } from './mention.ts';
import { isMountOption } from './mount-option.ts';
import { searchPathStrength } from './search-path.ts';
import { isSentence } from './sentence.ts';
import { shellMentions } from './shell-mentions.ts';

/** What is known about a unit beyond the one file. */
export interface UnitSurroundings {
  /** A later setting of the unit takes this one back, or nothing reads the file. */
  isOverridden(setting: UnitSetting): boolean;
  /** The value that the unit itself gives a variable. */
  environment(name: string): string | undefined;
}

/** The references in the settings of a unit, a drop-in or a network file. */
export function unitMentions(file: UnitFile, surroundings: UnitSurroundings): Mention[] {
  return file.parts.flatMap(part => {
    if (part.kind !== 'setting') return [];
    const references = findTorcxReferences(part.value);
    if (references.length === 0) return [];
    const inShell = shellStrengths(part);
    return references.map(reference => {
      const { use, strength } = classify(part, reference, surroundings);
      const [first] = textRanges(part, reference.start, reference.end);
      const start = first?.start ?? part.lines[0]?.offset ?? 0;
      const shell = inShell.get(reference.start);
      const found = use === 'search-path' ? strength : (shell?.strength ?? strength);
      const idle = isUnknown(part)
        ? UNKNOWN
        : surroundings.isOverridden(part)
          ? REPLACED
          : undefined;
      return {
        reference,
        start,
        end: first?.end ?? start,
        // A condition of a unit is another thing.
        use: shell?.use === 'condition' ? 'test' : use,
        ...(idle ? { strength: 'note', idle } : inSetting(part, reference, found)),
        setting: part,
      };
    });
  });
}

const UNKNOWN = 'systemd knows no setting of this name, and passes over it';
const REPLACED =
  'systemd does not use this setting: a later one takes it back, or its file is masked or hidden by another';

/** What the setting makes of a reference of that strength. */
function inSetting(
  setting: UnitSetting,
  reference: TorcxReference,
  strength: Strength,
): Pick<Mention, 'strength' | 'because'> {
  const isForgiven = isOptionalCommand(setting) && !isKernelModule(reference);
  if (strength !== 'hard' || !isForgiven) return { strength: inSection(setting, strength) };
  const because = `systemd passes over the failure of this ${setting.key}=, and the unit goes on without what it did`;
  return { strength: 'soft', because };
}

/** systemd minds case, and passes over what it does not know: none of its sections and settings begins with a small letter. */
function isUnknown({ section, key }: UnitSetting): boolean {
  return /^[a-z]/.test(section) || /^[a-z]/.test(key);
}

/** systemd warns about a setting of another section, and passes over it. */
function inSection({ section, key }: UnitSetting, strength: Strength): Strength {
  const isMisplaced =
    section === 'Unit' ? OF_SERVICES.test(key) : BESIDE_UNIT.test(section) && OF_UNITS.test(key);
  return isMisplaced ? weaker(strength, 'soft') : strength;
}

const OF_SERVICES = /^(?:Environment|EnvironmentFile|Exec[A-Z]\w*|WorkingDirectory)$/;
const BESIDE_UNIT = /^(?:Service|Socket|Mount|Automount|Swap|Timer|Path|Slice|Scope|Install)$/;
const OF_UNITS =
  /^(?:Requires|Requisite|Wants|BindsTo|PartOf|Upholds|Conflicts|Before|After|(?:Condition|Assert)\w+)$/;

/** A command beside the unit's own, whose failure the unit is not to mind (systemd.service(5), "Special executable prefixes"). */
export function isOptionalCommand({ key, value }: Pick<UnitSetting, 'key' | 'value'>): boolean {
  return /^Exec(?:Start(?:Pre|Post)|Stop(?:Post)?|Reload)$/.test(key) && /^[@:+!|]*-/.test(value);
}

/** Without it the unit starts, and what needs the module fails later. */
function isKernelModule({ meaning }: TorcxReference): boolean {
  return meaning.kind === 'unpack' && /(?:^|\/)lib\/modules(?:\/|$)/.test(meaning.path ?? '');
}

interface Classified {
  readonly use: Use;
  readonly strength: Strength;
}

const REQUIREMENTS =
  /^(?:Requires|RequiresOverridable|Requisite|RequisiteOverridable|BindsTo|BindTo)$/;
const TEXTS = /^(?:Description|Documentation|SyslogIdentifier|X-.*|SourcePath)$/;

function classify(
  setting: UnitSetting,
  reference: TorcxReference,
  surroundings: UnitSurroundings,
): Classified {
  const { key, value } = setting;
  const { meaning } = reference;
  if (TEXTS.test(key) || setting.section.startsWith('X-'))
    return { use: 'value', strength: 'inert' };
  if (meaning.kind === 'target') {
    return { use: 'dependency', strength: REQUIREMENTS.test(key) ? 'hard' : 'soft' };
  }
  if (key === 'EnvironmentFile') {
    return { use: 'environment-file', strength: value.startsWith('-') ? 'soft' : 'hard' };
  }
  if (/^(?:Condition|Assert)/.test(key)) return condition(value);
  if (/Environment$/.test(key)) return environment(setting, reference, surroundings);
  const own = ownDefinition(reference, surroundings.environment);
  const inPath = own ?? searchPathStrength(value, reference.start, `${key}=`);
  if (inPath) return { use: 'search-path', strength: inPath };
  if (/^Exec[A-Z]/.test(key)) return command(setting, reference, surroundings);
  return pathSetting(setting, reference);
}

function condition(value: string): Classified {
  const [, trigger, negation] = /^(\|?)\s*(!?)/.exec(value) ?? [];
  return { use: 'condition', strength: trigger || negation ? 'soft' : 'hard' };
}

function environment(
  { value, key }: UnitSetting,
  reference: TorcxReference,
  { environment: ownValue }: UnitSurroundings,
): Classified {
  if (/^(?:Pass|Unset)Environment$/.test(key)) return { use: 'assignment', strength: 'soft' };
  const word = wordAt(value, reference.start);
  const name = /^\w+/.exec(word?.text ?? '')?.[0] ?? '';
  const inPath = searchPathStrength(value, reference.start);
  if (inPath) return { use: 'search-path', strength: inPath };
  if (reference.meaning.kind === 'name') return named(reference, ownValue);
  const wordStart = Math.max(word?.start ?? 0, reference.start - LONGEST_SENTENCE);
  const assigned = value.slice(wordStart, reference.start).replace(/^["']?\w*=["']?/, '');
  if (isSentence({ name, before: assigned })) return { use: 'assignment', strength: 'inert' };
  if (/^TORCX_/.test(name)) return { use: 'assignment', strength: 'soft' };
  return { use: 'assignment', strength: ownDefinition(reference, ownValue) ?? 'hard' };
}

const LONGEST_SENTENCE = 300;

/** A unit that gives TORCX_BINDIR a directory of today needs nothing of Torcx. */
function named({ meaning }: TorcxReference, ownValue: UnitSurroundings['environment']): Classified {
  const isOwn = meaning.kind === 'name' && meaning.variable === 'TORCX_BINDIR';
  const value = isOwn ? ownValue('TORCX_BINDIR') : undefined;
  const isHarmless = value !== undefined && !value.includes('torcx');
  return { use: 'assignment', strength: isHarmless ? 'inert' : 'hard' };
}

const ENV = /^[-:+!|@]*(?:\/usr)?\/bin\/env$/;

function command(
  { value }: UnitSetting,
  reference: TorcxReference,
  { environment: ownValue }: UnitSurroundings,
): Classified {
  const words = wordsOf(value);
  const at = wordIndexAt(value, reference.start);
  const isProgram = at === programAt(words);
  if (reference.meaning.kind === 'profile') return { use: 'value', strength: 'soft' };
  if (isMountOption(words, at)) return { use: 'mount', strength: 'hard' };
  return {
    use: isProgram ? 'program' : 'value',
    strength: expandsToRest(reference, ownValue) ? 'soft' : 'hard',
  };
}

/** The program that is run: the first word, or what env runs. */
function programAt(words: readonly UnitWord[]): number {
  if (!ENV.test(words[0]?.text ?? '')) return 0;
  const rest = words.findIndex(({ text }, index) => index > 0 && !/^\w+=/.test(text));
  return Math.max(rest, 0);
}

/** `${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}${CONFIG}`: unset variables expand to nothing, and the rest is the right path. */
function expandsToRest(
  { meaning, tail, variable }: TorcxReference,
  ownValue: UnitSurroundings['environment'],
): boolean {
  if (variable === 'TORCX_IMAGEDIR') return ownValue('TORCX_IMAGEDIR') === undefined;
  if (variable !== 'TORCX_UNPACKDIR' || meaning.kind !== 'unpack' || meaning.path !== undefined)
    return false;
  const image = meaning.imageDir ? ownValue('TORCX_IMAGEDIR') : meaning.image;
  return (image ?? '') === '' && /^[\\$]*\$/.test(tail);
}

/**
 * What remains when the unit sets the variable to a place that exists. A directory of programs serves as well as
 * Torcx's did; behind the unpack directory there is still the name of an image.
 */
function ownDefinition(
  { variable }: TorcxReference,
  ownValue: UnitSurroundings['environment'],
): Strength | undefined {
  const value = variable === undefined ? undefined : ownValue(variable);
  if (variable === 'TORCX_IMAGEDIR' || value === undefined || value.includes('torcx')) return;
  return variable === 'TORCX_BINDIR' ? 'inert' : 'soft';
}

/** systemd makes the directories above a socket (systemd.socket(5), `DirectoryMode=`) and those that it mounts on. */
const HARMLESS_PATHS =
  /^(?:RequiresMountsFor|WantsMountsFor|PathChanged|PathModified|TTYPath|TemporaryFileSystem|Listen(?:Stream|Datagram|SequentialPacket|FIFO)|Where)$/;

function pathSetting({ key, value }: UnitSetting, reference: TorcxReference): Classified {
  const word = wordAt(value, reference.start)?.text ?? '';
  const isOptional = /^[-+]*-/.test(word) || HARMLESS_PATHS.test(key);
  return {
    use: /^(?:What|Bind|Volume$|Mount$)/.test(key) ? 'mount' : 'value',
    strength: isOptional ? 'soft' : 'hard',
  };
}

function wordAt(value: string, offset: number): UnitWord | undefined {
  return wordsOf(value)[wordIndexAt(value, offset)];
}

/** -1 for an offset between two words. */
function wordIndexAt(value: string, offset: number): number {
  const words = wordsOf(value);
  const at = partitionPoint(words.length, index => (words[index]?.end ?? 0) <= offset);
  return (words[at]?.start ?? Number.POSITIVE_INFINITY) <= offset ? at : -1;
}

/** Of the setting that is being looked at: a value may hold thousands of references. */
let lastWords: { readonly value: string; readonly words: readonly UnitWord[] } | undefined;

function wordsOf(value: string): readonly UnitWord[] {
  if (lastWords?.value !== value) lastWords = { value, words: splitWords(value) };
  return lastWords.words;
}

/** Programs that say, search, make or remove what they are given, as their arguments tell. */
const TOOLS =
  /^[-@:+!|]*(?:\S*\/)?(?:echo|printf|logger|[ef]?grep|sed|awk|find|rm|rmdir|unlink|mkdir)(?=\s)/;

type ShellFinding = Pick<Mention, 'use' | 'strength'>;

/** `test ! -e FILE`; one that asks for what is there fails without it, and the unit with it. */
const NEGATED_TEST = /^[-@:+!|]*(?:\S*\/)?(?:test|\[)\s+!\s/;

/** How much the references matter that a shell would read, or a tool of every shell script, by their place in the value. */
function shellStrengths({ key, value }: UnitSetting): ReadonlyMap<number, ShellFinding> {
  const strengths = new Map<number, ShellFinding>();
  if (!/^Exec/.test(key)) return strengths;
  if (TOOLS.test(value) || NEGATED_TEST.test(value)) {
    const command = value.replace(/^[-@:+!|]*(?:\S*\/)?/, prefix => ' '.repeat(prefix.length));
    return new Map(shellMentions(command).map(mention => [mention.start, mention]));
  }
  const words = wordsOf(value);
  for (const [index, { raw, start }] of words.entries()) {
    const quote = raw.charAt(0);
    const isScript =
      /^-\w*c$/.test(words[index - 1]?.text ?? '') && /^["']/.test(quote) && raw.endsWith(quote);
    if (!isScript || raw.length < 2) continue;
    for (const mention of shellMentions(raw.slice(1, -1))) {
      strengths.set(mention.start + start + 1, mention);
    }
  }
  return strengths;
}
