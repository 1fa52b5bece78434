import type { RunnersOf } from '../runners-of.ts';
import type { AuditServices, AuditView, FixPreview } from './audit-services.ts';

/** What the audit asks of the program around it. */
export type AuditEffect =
  | { readonly do: 'audit' }
  | { readonly do: 'planFixes'; readonly chosen: ReadonlySet<string> }
  | { readonly do: 'applyFixes'; readonly chosen: ReadonlySet<string> };

/** What comes of it. */
export type AuditEvent =
  | { readonly kind: 'audited'; readonly view: AuditView }
  | { readonly kind: 'fixing' }
  | { readonly kind: 'fixesPlanned'; readonly preview: FixPreview }
  /** `chosen` is what was to be made; the view has what became of it. */
  | {
      readonly kind: 'fixesApplied';
      readonly view: AuditView;
      readonly chosen: ReadonlySet<string>;
    };

export function auditRunners(services: AuditServices): RunnersOf<AuditEffect, AuditEvent> {
  return {
    async audit(_, emit) {
      emit({ kind: 'audited', view: await services.audit() });
    },
    async planFixes({ chosen }, emit) {
      emit({ kind: 'fixesPlanned', preview: await services.planFixes(chosen) });
    },
    async applyFixes({ chosen }, emit) {
      emit({ kind: 'fixing' });
      emit({ kind: 'fixesApplied', view: await services.applyFixes(chosen), chosen });
    },
  };
}
