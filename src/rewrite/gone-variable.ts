/** The note about a variable that has gone although somebody else may read it. */
export function goneVariable(name: string): string {
  return `${name} is gone: a program that reads it by itself has to be told its new paths`;
}
