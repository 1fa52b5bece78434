import type { Charset } from '../charset.ts';
import type { AuditState } from './audit/audit-state.ts';
import type { BinariesState } from './binaries/binaries.ts';
import type { ConvertState } from './convert/convert-state.ts';
import type { FilesState } from './files/files-state.ts';
import type { FindingsState } from './findings/findings.ts';
import type { Mode } from './modes.ts';
import type { OptionsState } from './options/options-state.ts';
import type { Overlay } from './overlay.ts';
import type { ReportState } from './report/report-state.ts';
import type { ReviewState } from './review/review-state.ts';
import type { ScreenId } from './screen-id.ts';
import type { Session } from './session.ts';
import type { SourceState } from './source/source-state.ts';
import type { Tone } from './theme.ts';
import type { TuiOutcome } from './tui-outcome.ts';
import type { UnitsState } from './units/units.ts';
import type { Viewport } from './viewport.ts';

/** The whole interface at one moment; what is painted is a function of it. */
export interface AppState {
  readonly mode: Mode;
  readonly viewport: Viewport;
  /** Of the terminal. */
  readonly charset: Charset;
  readonly screen: ScreenId;
  readonly screens: ScreenStates;
  readonly session: Session;
  readonly overlay?: Overlay;
  /** A line for what a key has done, until the next one. */
  readonly message?: { readonly text: string; readonly tone?: Tone };
  /** There: the interface ends. */
  readonly outcome?: TuiOutcome;
}

/** What each screen remembers while another one is shown. */
export interface ScreenStates {
  readonly source: SourceState;
  readonly files: FilesState;
  readonly binaries: BinariesState;
  readonly units: UnitsState;
  readonly findings: FindingsState;
  readonly options: OptionsState;
  readonly review: ReviewState;
  readonly convert: ConvertState;
  readonly report: ReportState;
  readonly audit: AuditState;
}
