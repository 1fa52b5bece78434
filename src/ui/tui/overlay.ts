import type { RuleId } from '../../rule-table.ts';
import type { TextField } from './parts/text-field.ts';
import type { AskedFor, Request } from './request.ts';

/** What covers a screen until it is closed. */
export type Overlay =
  | { readonly kind: 'help'; readonly top: number }
  | ExplainOverlay
  | { readonly kind: 'confirm'; readonly question: string; readonly yes: Request }
  | AskOverlay;

/** The pages of some rules, one at a time. */
export interface ExplainOverlay {
  readonly kind: 'explain';
  readonly rules: readonly RuleId[];
  /** Which of the rules is shown. */
  readonly index: number;
  /** Markdown, once it was read. */
  readonly page?: string;
  readonly top: number;
}

/** A question whose answer is typed. */
export interface AskOverlay {
  readonly kind: 'ask';
  readonly question: string;
  /** The answer as far as it is typed. */
  readonly field: TextField;
  readonly answers: AskedFor;
}
