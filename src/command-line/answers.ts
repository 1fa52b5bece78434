import { guardedOperands } from './guarded-operands.ts';
import { longFlag } from './option-spec.ts';
import { OPTIONS, type OptionKey } from './option-table.ts';
import type { Settings } from './settings.ts';

/** Options of a conversion whose answer is a text, as it is typed. */
export const TEXT_ANSWERS = [
  'output',
  'imageFormat',
  'compression',
  'blockSize',
  'os',
  'sysextLevel',
  'osVersion',
  'arch',
  'jobs',
  'imageVersion',
  'sysupdate',
  'butane',
  'ignition',
  'imageUrl',
] as const satisfies readonly OptionKey[];

/** Those that can be given several times. */
export const LIST_ANSWERS = [
  'report',
  'enable',
  'noEnable',
  'drop',
  'keep',
] as const satisfies readonly OptionKey[];

export const SWITCH_ANSWERS = [
  'force',
  'noReport',
  'noReload',
  'keepSelinux',
  'verify',
  'strict',
  'sha256sums',
] as const satisfies readonly OptionKey[];

type TextAnswer = (typeof TEXT_ANSWERS)[number];
type ListAnswer = (typeof LIST_ANSWERS)[number];
type SwitchAnswer = (typeof SWITCH_ANSWERS)[number];

/** What has been decided about a conversion, an option for each decision: an empty text or list, or false, is none. */
export type Answers = {
  readonly archive: string;
  /** NAME of NAME.raw. */
  readonly name: string;
} & Readonly<Record<TextAnswer, string>> &
  Readonly<Record<ListAnswer, readonly string[]>> &
  Readonly<Record<SwitchAnswer, boolean>>;

export type AnswerKey = keyof Answers;

export const NO_ANSWERS: Answers = {
  archive: '',
  name: '',
  output: '',
  imageFormat: '',
  compression: '',
  blockSize: '',
  os: '',
  sysextLevel: '',
  osVersion: '',
  arch: '',
  jobs: '',
  imageVersion: '',
  sysupdate: '',
  butane: '',
  ignition: '',
  imageUrl: '',
  report: [],
  enable: [],
  noEnable: [],
  drop: [],
  keep: [],
  force: false,
  noReport: false,
  noReload: false,
  keepSelinux: false,
  verify: false,
  strict: false,
  sha256sums: false,
};

/**
 * The answers that the command line and the environment give already.
 * @throws ToolError `usage` for a value that makes no sense by itself
 */
export function answersOf(
  [archive = '', name = '']: readonly string[],
  settings: Settings,
): Answers {
  const texts = TEXT_ANSWERS.map(key => [key, settings.text(OPTIONS[key]) ?? '']);
  const switches = SWITCH_ANSWERS.map(key => [key, settings.on(OPTIONS[key])]);
  return {
    ...NO_ANSWERS,
    ...Object.fromEntries(texts),
    ...Object.fromEntries(switches),
    report: settings.all(OPTIONS.report).map(({ path }) => path),
    enable: settings.all(OPTIONS.enable).flat(),
    noEnable: settings.all(OPTIONS.noEnable).flat(),
    drop: settings.all(OPTIONS.drop),
    keep: settings.all(OPTIONS.keep),
    archive,
    name,
  };
}

/** The arguments that say the same, those behind the program's name. */
export function answerArguments(answers: Answers): string[] {
  const operands = [answers.archive, answers.name].filter(operand => operand !== '');
  return [
    ...TEXT_ANSWERS.flatMap(key => (answers[key] === '' ? [] : [flagOf(key), answers[key]])),
    ...LIST_ANSWERS.flatMap(key => listArguments(key, answers[key])),
    ...SWITCH_ANSWERS.flatMap(key => (answers[key] ? [flagOf(key)] : [])),
    ...guardedOperands(...operands),
  ];
}

function flagOf(key: OptionKey): string {
  return longFlag(OPTIONS[key]);
}

/** Names of units have no commas; paths may. */
function listArguments(key: ListAnswer, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  if (key === 'enable' || key === 'noEnable') return [flagOf(key), values.join(',')];
  return values.flatMap(value => [flagOf(key), value]);
}
