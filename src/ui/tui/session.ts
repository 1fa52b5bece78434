import type { Answers } from '../../command-line/answers.ts';
import type { Environment } from '../../command-line/settings.ts';
import { isToolError } from '../../errors.ts';
import type { Stage } from '../../pipeline-event.ts';
import type { WrittenResult } from '../wizard/wizard-services.ts';
import { type Analysis, analysisOf } from './analysis.ts';
import type { AppEvent, FailedEvent } from './app-event.ts';

/** What all screens look at. */
export interface Session {
  readonly choices: Answers;
  /** In which the choices are judged as arguments. */
  readonly env: Environment;
  /** Of the newest plan that worked out, and the choices that it was made with. */
  readonly analysis?: Analysis;
  readonly planned?: Answers;
  /** An archive that is being read. */
  readonly work?: Work;
  /** What the conversion has made. */
  readonly written?: WrittenResult;
  /** Why there is no analysis. */
  readonly failure?: FailedEvent;
}

/** How far a stage has come; times are in milliseconds of the services' clock. */
export interface Work {
  readonly stage: Stage;
  readonly since: number;
  readonly now: number;
  readonly done?: number;
  /** Absent: nobody can know it. */
  readonly total?: number;
}

/** What an event changes for all screens. */
export function reduceSession(session: Session, event: AppEvent): Session {
  switch (event.kind) {
    case 'progress':
      return { ...session, work: nextWork(session.work, event) };
    case 'planned': {
      const { work: _done, failure: _past, ...rest } = session;
      return { ...rest, analysis: analysisOf(event.report), planned: event.choices };
    }
    case 'converted':
      return { ...session, written: event.result };
    case 'failed':
      return afterFailure(session, event);
    default:
      return session;
  }
}

/** What cannot be planned is taken back: the screens show what is true. */
function afterFailure(session: Session, event: FailedEvent): Session {
  switch (event.effect.do) {
    case 'inspect': {
      const { work: _ended, analysis: _none, ...rest } = session;
      return { ...rest, failure: event, choices: choicesAfter(session.choices, event) };
    }
    case 'plan':
      return { ...session, choices: session.planned ?? session.choices };
    default:
      return session;
  }
}

/** What an archive cannot be read or planned with is not kept for the next one. */
function choicesAfter(choices: Answers, { error }: FailedEvent): Answers {
  const nothing = { enable: [], noEnable: [], drop: [], keep: [] };
  return { ...choices, archive: '', ...(isToolError(error, 'usage') && nothing) };
}

function nextWork(
  work: Work | undefined,
  { event, now }: Extract<AppEvent, { kind: 'progress' }>,
): Work {
  if (event.kind === 'stage') return { stage: event.stage, since: now, now };
  const { stage = 'read', since = now } = work ?? {};
  if (event.kind !== 'bytes') return { ...work, stage, since, now };
  const { done, total } = event;
  return { stage, since, now, done, ...(total !== undefined && { total }) };
}
