import type { AppState } from './app-state.ts';
import { reveal } from './files/files-state.ts';
import { neighbour } from './modes.ts';
import { fieldWith } from './parts/text-field.ts';
import type { Request, ShellRequest } from './request.ts';
import type { ScreenId } from './screen-id.ts';
import { SCREENS } from './screen-table.ts';
import { type Step, step } from './step.ts';
import { contextOf } from './step-screen.ts';

type Handlers = {
  readonly [D in ShellRequest['do']]: (
    state: AppState,
    request: Extract<ShellRequest, { do: D }>,
  ) => Step<AppState>;
};

const HANDLERS: Handlers = {
  go: (state, { screen }) => enter(state, screen),
  next: state => goBy(state, 1),
  back: state => goBy(state, -1),
  jump(state, { path }) {
    const { state: files, requests } = reveal(state.screens.files, path, contextOf(state));
    const screens = { ...state.screens, files };
    return step({ ...state, screens, screen: 'files' }, ...requests);
  },
  choose: (state, { choices }) =>
    step({ ...state, session: { ...state.session, choices } }, { do: 'plan', choices }),
  open(state, { choices }) {
    const { env } = state.session;
    const session = { choices, env };
    return step({ ...state, screen: 'files', session }, { do: 'inspect', choices });
  },
  explain(state, { rules }) {
    const [rule] = rules;
    if (rule === undefined) return step(state);
    const overlay = { kind: 'explain', rules, index: 0, top: 0 } as const;
    return step({ ...state, overlay }, { do: 'readRule', rule });
  },
  confirm: (state, { question, yes }) =>
    step({ ...state, overlay: { kind: 'confirm', question, yes } }),
  ask: (state, { question, text, answers }) =>
    step({ ...state, overlay: { kind: 'ask', question, field: fieldWith(text), answers } }),
  say: (state, { text, tone }) => step({ ...state, message: { text, ...(tone && { tone }) } }),
  end: (state, { outcome }) => step({ ...state, outcome }),
};

/** True for what the shell can answer itself; everything else is work for others. */
export function isShellRequest(request: Request): request is ShellRequest {
  return Object.hasOwn(HANDLERS, request.do);
}

/** The interface after it, and what that asks for in turn. */
export function answerRequest(state: AppState, request: ShellRequest): Step<AppState> {
  return answerNamed(state, request);
}

function answerNamed<D extends ShellRequest['do']>(
  state: AppState,
  request: Extract<ShellRequest, { do: D }>,
): Step<AppState> {
  const handle: Handlers[D] = HANDLERS[request.do];
  return handle(state, request);
}

function goBy(state: AppState, steps: 1 | -1): Step<AppState> {
  const screen = neighbour(state, steps);
  return screen === undefined ? step(state) : enter(state, screen);
}

/** All other screens of the wizard are about an archive that was read. */
function enter(state: AppState, screen: ScreenId): Step<AppState> {
  const { mode, session } = state;
  if (session.work) return step(state);
  if (mode === 'wizard' && screen !== 'source' && !session.analysis) {
    const isComing = session.choices.archive !== '' && !session.failure;
    const text = isComing ? 'the archive is still being read' : 'choose an archive first';
    return step(state, { do: 'say', text });
  }
  const next = { ...state, screen };
  return step(next, ...(SCREENS[screen].enter?.(contextOf(next)) ?? []));
}
