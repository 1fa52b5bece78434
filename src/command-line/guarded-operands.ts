/** Operands that are read as such: without the guard a file called -x.tgz would be read as options. */
export function guardedOperands(...operands: readonly string[]): string[] {
  const isOption = operands.some(operand => operand.length > 1 && operand.startsWith('-'));
  return [...(isOption ? ['--'] : []), ...operands];
}
