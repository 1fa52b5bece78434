import type { AppEvent } from './app-event.ts';
import type { Line } from './parts/span.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import type { Step } from './step.ts';
import type { Area } from './viewport.ts';

/** What a screen knows besides its own state. */
export interface ScreenContext {
  readonly session: Session;
  /** What it has to fill, and nothing beyond. */
  readonly area: Area;
  /** Enter goes on to the next step. */
  readonly isWizard: boolean;
}

/** One key, or several that do the same, for the last line and for the help. */
export interface KeyHelp {
  /** `j/k`, `Enter` */
  readonly keys: string;
  /** In a word, for the last line. */
  readonly does: string;
  /** In more words. */
  readonly help?: string;
  /** Only in the help: the last line has room for those that one cannot guess. */
  readonly isRare?: boolean;
}

/** The part of a screen that needs no terminal. */
export interface Screen<S> {
  readonly title: string;
  /** The two lines at the top, where there is no archive to name and no tab to go to. */
  readonly heading?: (state: S) => readonly [title: Line, counts: Line];
  /** A number or two for the tab. */
  readonly badge?: (session: Session) => string;
  readonly initial: S;
  /** @returns undefined for a key that means nothing here; other events always give a step */
  readonly reduce: (state: S, event: AppEvent, context: ScreenContext) => Step<S> | undefined;
  /** What is to be done when one comes to it. */
  readonly enter?: (context: ScreenContext) => readonly Request[];
  readonly keys: (state: S, context: ScreenContext) => readonly KeyHelp[];
  /** Letters are text now, and no commands. */
  readonly isTyping?: (state: S) => boolean;
}

/** What a screen is painted from: nothing else. */
export interface ScreenProps<S> {
  readonly state: S;
  readonly context: ScreenContext;
}
