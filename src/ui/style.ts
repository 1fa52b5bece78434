import type { Severity } from '../finding.ts';

/** How parts of a text are set off. Colour never says anything that the words don't say as well. */
export interface Style {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly faint: Paint;
}

type Paint = (text: string) => string;

/** Select Graphic Rendition numbers of ECMA-48; node:util's styleText decides by itself about colour, per version. */
const COLOURED: Style = {
  severity: { error: paint(31), warning: paint(33), info: paint(36) },
  strong: paint(1),
  faint: paint(2),
};

const plain: Paint = text => text;
const PLAIN: Style = {
  severity: { error: plain, warning: plain, info: plain },
  strong: plain,
  faint: plain,
};

/** @param options.color decided by the caller, from options, environment and terminal */
export function styleFor({ color }: { readonly color: boolean }): Style {
  return color ? COLOURED : PLAIN;
}

function paint(rendition: number): Paint {
  return text => `\u001b[${rendition}m${text}\u001b[0m`;
}
