import type { Key } from '../terminal/terminal-event.ts';
import type { AnalyserEvent } from './analyser-effects.ts';
import type { AuditEvent } from './audit/audit-effects.ts';
import type { Effect } from './effect.ts';
import type { RulePageEvent } from './rule-page.ts';
import type { Viewport } from './viewport.ts';
import type { WizardEvent } from './wizard-effects.ts';

/** Everything that can happen to the interface. */
export type AppEvent =
  | { readonly kind: 'key'; readonly key: Key }
  /** Text from the clipboard: never commands, whatever it has. */
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'resize'; readonly viewport: Viewport }
  | FailedEvent
  | AnalyserEvent
  | AuditEvent
  | RulePageEvent
  | WizardEvent;

/** What is for the part that one looks at; all other events are for everybody. */
export type InputEvent = Extract<AppEvent, { kind: 'key' | 'paste' }>;
export type NewsEvent = Exclude<AppEvent, InputEvent>;

/** An effect did not work out. */
export interface FailedEvent {
  readonly kind: 'failed';
  readonly effect: Effect;
  readonly error: unknown;
  /** The error in words. */
  readonly what: string;
  readonly hint?: string;
}

export function isInput(event: AppEvent): event is InputEvent {
  return event.kind === 'key' || event.kind === 'paste';
}
