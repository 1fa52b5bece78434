import type { AnalyserEffect } from './analyser-effects.ts';
import type { AuditEffect } from './audit/audit-effects.ts';
import type { RulePageEffect } from './rule-page.ts';
import type { WizardEffect } from './wizard-effects.ts';

/** Work outside of the interface, as data: the runner does it, and events tell what came of it. */
export type Effect = AnalyserEffect | WizardEffect | AuditEffect | RulePageEffect;
