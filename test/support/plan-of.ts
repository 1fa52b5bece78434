import { inspectEntries } from '../../src/analyze/inspect.ts';
import { type Plan, type PlanOptions, planConversion } from '../../src/convert/plan.ts';
import type { Step } from '../../src/convert/step.ts';
import { entriesOf } from './entries.ts';

export interface PlanRequest {
  /** The image, as {@link entriesOf} takes it. */
  readonly tree: Parameters<typeof entriesOf>[0];
  /** The lists of its manifest. */
  readonly manifest?: Readonly<Record<string, readonly string[]>>;
  readonly options?: Partial<PlanOptions>;
}

/** What the plan decides when nobody asks for anything. */
export const PLAN_OPTIONS: PlanOptions = {
  name: 'x',
  imageName: 'x',
  host: { id: 'flatcar', sysextLevel: '1.0' },
  architecture: 'auto',
  enable: [],
  noEnable: [],
  drop: [],
  keep: [],
  reloadManager: true,
  keepSelinux: false,
};

/** The plan for an image that Torcx knew as `x`, to become the extension `x`. */
export async function planOf({ tree, manifest, options }: PlanRequest): Promise<Plan> {
  const text = JSON.stringify({ kind: 'image-manifest-v0', value: manifest });
  const listed = manifest && { '.torcx/manifest.json': text };
  const entries = entriesOf({ ...tree, ...listed });
  const inspection = await inspectEntries([...entries.values()]);
  return planConversion(inspection, { ...PLAN_OPTIONS, ...options });
}

/** The text of the file that the extension gets at `path`; undefined when the plan does not write one. */
export function plannedText({ steps }: Pick<Plan, 'steps'>, path: string): string | undefined {
  const isThere = (step: Step) => step.do !== 'drop' && step.to === path;
  const step = steps.find(isThere);
  if (step?.do === 'rewrite') return step.text;
  return step?.do === 'create' && 'text' in step.made ? step.made.text : undefined;
}
