import type { TorcxReference } from '../../torcx-reference.ts';
import type { UnitSetting } from '../../unit-file.ts';

/** What a reference is there for. */
export type Use =
  | 'dependency'
  | 'environment-file'
  | 'condition'
  | 'test'
  | 'source'
  | 'search-path'
  | 'mount'
  | 'assignment'
  | 'look-up'
  | 'program'
  | 'provisioned-path'
  | 'value';

/**
 * `hard`: without Torcx something fails or changes. `soft`: it is guarded, optional or ineffective. `note`: only worth
 * knowing. `inert`: nothing depends on it (a comment, a message, a search pattern), and nothing is said.
 */
export type Strength = 'hard' | 'soft' | 'note' | 'inert';

/** A reference to Torcx in a document, and what it means there. */
export interface Mention {
  readonly reference: TorcxReference;
  /** Offsets in the document's text. */
  readonly start: number;
  readonly end: number;
  readonly use: Use;
  readonly strength: Strength;
  /** In a unit file. */
  readonly setting?: UnitSetting;
  /** Why nothing happens at all, in place of what a rule would say. */
  readonly idle?: string;
  /** What the message should add. */
  readonly because?: string;
}

const ORDER: readonly Strength[] = ['inert', 'note', 'soft', 'hard'];

/** The weaker of two. */
export function weaker(a: Strength, b: Strength): Strength {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}
