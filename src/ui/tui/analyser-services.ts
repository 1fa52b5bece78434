import type { Answers } from '../../command-line/answers.ts';
import type { InspectReport } from '../../convert/inspect-report.ts';
import type { PipelineEvent } from '../../pipeline-event.ts';
import type { Preview } from './preview.ts';
import type { RulePageServices } from './rule-page.ts';

/** What the analyser needs from the program around it. */
export interface AnalyserServices extends RulePageServices {
  /**
   * Reads the archive to its end, once.
   * @throws ToolError for one that cannot be read
   */
  inspect(choices: Answers, onEvent: (event: PipelineEvent) => void): Promise<InspectReport>;
  /**
   * Decides again about the archive that was read: no disk is touched.
   * @throws ToolError `usage` for a choice that makes no sense
   */
  plan(choices: Answers): Promise<InspectReport>;
  /** @param path in the archive, or behind `ADDED` (added-path.ts) of what the conversion adds */
  preview(path: string): Promise<Preview>;
  /**
   * Writes the JSON report of the plan.
   * @throws ToolError `output-exists` unless it may be overwritten
   */
  savePlan(path: string, options: SavePlanOptions): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

export interface SavePlanOptions {
  readonly choices: Answers;
  readonly overwrite: boolean;
}
