import { partitionPoint } from '../../../partition-point.ts';
import type { MapSpan } from '../carriers/map-spans.ts';

interface Given {
  /** From here on the variable has what the task gave it. */
  readonly from: number;
  /** The task, where it looks for something of Torcx; undefined where the variable gets something else. */
  readonly look: MapSpan | undefined;
}

/** Which variables of a playbook hold the answer of a look at something of Torcx, by the place that asks. */
export class TaskAnswers {
  readonly #given = new Map<string, Given[]>();

  /** In the order of the text. */
  give(variable: string, given: Given): void {
    const known = this.#given.get(variable);
    if (known) known.push(given);
    else this.#given.set(variable, [given]);
  }

  /** The look whose answer the variable has at `offset`. */
  lookAt(variable: string, offset: number): MapSpan | undefined {
    const given = this.#given.get(variable) ?? [];
    const next = partitionPoint(given.length, index => (given[index]?.from ?? 0) <= offset);
    return given[next - 1]?.look;
  }
}
