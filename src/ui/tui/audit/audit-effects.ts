import type { RunnersOf } from '../runners-of.ts';
import type { AuditServices, AuditView, FixPreview } from './audit-services.ts';

/** What the audit asks of the program around it. */
export type AuditEffect =
  | { readonly do: 'audit' }
  | { readonly do: 'planFixes'; readonly chosen: ReadonlySet<string> }
  | { readonly do: 'applyFixes'; readonly chosen: ReadonlySet<string> }
  /** The file that is being written is finished, and no other is begun. */
  | { readonly do: 'stopFixes' };

/** What comes of it. */
export type AuditEvent =
  | { readonly kind: 'audited'; readonly view: AuditView }
  /** So many files have been read. */
  | { readonly kind: 'auditing'; readonly done: number }
  | { readonly kind: 'fixing'; readonly done: number; readonly files?: number }
  | { readonly kind: 'fixesPlanned'; readonly preview: FixPreview }
  /** `chosen` is what was to be made; the view has what became of it. */
  | {
      readonly kind: 'fixesApplied';
      readonly view: AuditView;
      readonly chosen: ReadonlySet<string>;
    };

/** Who audits and mends; `stopFixes` is for the mending that runs. */
export function auditRunners(services: AuditServices): RunnersOf<AuditEffect, AuditEvent> {
  let running = new AbortController();
  return {
    async audit(_effect, emit) {
      const view = await services.audit(done => emit({ kind: 'auditing', done }));
      emit({ kind: 'audited', view });
    },
    async planFixes({ chosen }, emit) {
      emit({ kind: 'fixesPlanned', preview: await services.planFixes(chosen) });
    },
    async applyFixes({ chosen }, emit) {
      running = new AbortController();
      emit({ kind: 'fixing', done: 0 });
      const view = await services.applyFixes(chosen, {
        signal: running.signal,
        onFile: (done, files) => emit({ kind: 'fixing', done, files }),
      });
      emit({ kind: 'fixesApplied', view, chosen });
    },
    async stopFixes() {
      running.abort();
    },
  };
}
