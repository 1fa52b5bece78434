import { longFlag } from '../../../command-line/option-spec.ts';
import { OPTIONS } from '../../../command-line/option-table.ts';
import { NAME_QUESTION, QUESTIONS, type Question } from '../../wizard/questions.ts';
import type { ScreenId } from '../screen-id.ts';
import type { Session } from '../session.ts';

/** A line of the Options screen: a question, or what is decided on another screen. */
export type OptionRow =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'elsewhere'; readonly title: string; readonly screen: ElsewhereScreen };

/** Where some decisions have a screen of their own. */
type ElsewhereScreen = Extract<ScreenId, 'units' | 'files'>;

const TITLES: Readonly<Record<ElsewhereScreen, string>> = { units: 'Units', files: 'Files' };

export function titleOf(screen: ElsewhereScreen): string {
  return TITLES[screen];
}

/** From top to bottom: the name first, what belongs to it next. */
export const OPTION_ROWS: readonly OptionRow[] = [
  { kind: 'question', question: NAME_QUESTION },
  { kind: 'elsewhere', title: 'Start units', screen: 'units' },
  { kind: 'elsewhere', title: 'Leave out', screen: 'files' },
  ...QUESTIONS.map(question => ({ kind: 'question' as const, question })),
];

/** `--compression`; the name is the second operand. */
export function flagOf({ keys: [key] }: Question): string {
  return key === undefined || key === 'name' ? '2nd argument' : longFlag(OPTIONS[key]);
}

/** What is decided elsewhere, in a few words. */
export function elsewhereText(screen: ElsewhereScreen, { analysis, choices }: Session): string {
  if (screen === 'units') {
    const units = new Set(analysis?.report.enabled.map(({ unit }) => unit));
    return units.size === 0 ? 'none' : [...units].join(', ');
  }
  const { drop, keep } = choices;
  const dropped = drop.length === 0 ? 'nothing on request' : drop.join(', ');
  return keep.length === 0 ? dropped : `${dropped}; kept: ${keep.join(', ')}`;
}
