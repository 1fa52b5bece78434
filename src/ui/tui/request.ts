import type { Answers } from '../../command-line/answers.ts';
import type { RuleId } from '../../rule-table.ts';
import type { Effect } from './effect.ts';
import type { ScreenId } from './screen-id.ts';
import type { Tone } from './theme.ts';
import type { TuiOutcome } from './tui-outcome.ts';

/** What a reducer asks for besides its own new state. */
export type Request = ShellRequest | Effect;

/** Requests that the shell answers itself. */
export type ShellRequest =
  | { readonly do: 'go'; readonly screen: ScreenId }
  /** The step after this one, and the one before it. */
  | { readonly do: 'next' }
  | { readonly do: 'back' }
  /** Shows the entry with this path in Files. */
  | { readonly do: 'jump'; readonly path: string }
  /** Replaces the choices, and plans again. */
  | { readonly do: 'choose'; readonly choices: Answers }
  /** Reads the archive that they name, and looks into it. */
  | { readonly do: 'open'; readonly choices: Answers }
  | { readonly do: 'explain'; readonly rules: readonly RuleId[] }
  | { readonly do: 'confirm'; readonly question: string; readonly yes: Request }
  | {
      readonly do: 'ask';
      readonly question: string;
      readonly text: string;
      readonly answers: AskedFor;
    }
  | { readonly do: 'say'; readonly text: string; readonly tone?: Tone }
  | { readonly do: 'end'; readonly outcome: TuiOutcome };

/** What is done with the text that the user was asked for. */
export type AskedFor = 'savePlan' | 'nameArchive';
