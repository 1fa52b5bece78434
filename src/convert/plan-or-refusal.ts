import type { Inspection } from '../analyze/inspect.ts';
import { assertSysextTree } from '../builder/sysext-rules.ts';
import { isToolError, type ToolError } from '../errors.ts';
import { assertNoClimbingLinks } from './climbing-links.ts';
import { imageTree } from './image-tree.ts';
import { type Plan, type PlanOptions, planConversion } from './plan.ts';

/** Why an image, sound as an archive, cannot become an extension. */
export type Refusal =
  | ToolError<'mixed-architecture'>
  | ToolError<'not-convertible'>
  | ToolError<'unsafe-entry'>;

export interface PlanOrRefusal {
  /** After a refusal: the plan for one of the architectures, or the one that must not be built. */
  readonly plan: Plan;
  readonly refusal?: Refusal;
}

/** Plans a conversion; what would end it becomes a part of the answer. Everything else is thrown. */
export function planOrRefusal(inspection: Inspection, options: PlanOptions): PlanOrRefusal {
  try {
    const plan = planConversion(inspection, options);
    return { plan, ...treeRefusal(plan) };
  } catch (error) {
    if (!isToolError(error, 'mixed-architecture')) throw error;
    const [architecture = 'auto'] = error.facts.architectures;
    return { plan: planConversion(inspection, { ...options, architecture }), refusal: error };
  }
}

/** A conversion ends before it builds such a tree, or the builder refuses it; here nothing is built. */
function treeRefusal({ steps, extension }: Plan): Pick<PlanOrRefusal, 'refusal'> {
  try {
    assertNoClimbingLinks(steps);
    assertSysextTree(imageTree(steps, 0), extension.name);
    return {};
  } catch (error) {
    if (isToolError(error, 'not-convertible') || isToolError(error, 'unsafe-entry'))
      return { refusal: error };
    throw error;
  }
}
