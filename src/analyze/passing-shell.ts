/** Shells whose scripts are looked through: Bourne's, by the last component of the path. */
const SHELL = /^(?:ba|da|k|z|a)?sh$/;

/** Whether a program's path is that of a shell. */
export function isShell(program: string): boolean {
  return SHELL.test(program.slice(program.lastIndexOf('/') + 1));
}

/**
 * What keeps a script running or hands over to a program that may: `exec` of a program (a redirection alone is none),
 * a loop without an end, and commands that wait.
 */
const STAYS =
  /(?:^|[\s;&|({"'`])(?:exec\s+(?![\d&]*[<>])\S|wait(?![\w-])|while\s+(?:true|:|1|\[\s+1\s+\])(?:[\s;]|$)|until\s+false(?:[\s;]|$)|for\s*\(\(\s*;\s*;|sleep\s+inf|tail\s[^;|]{0,80}-[A-Za-z]{0,8}[fF])/;

/** Nobody writes such a line by hand, and the pattern above would take its time with it. */
const LONGEST_LINE = 2000;

/**
 * Whether nothing in a shell script says that it goes on: it does its work and ends, unless its last command is a
 * program in the foreground that goes on itself, which the text alone does not tell.
 */
export function isPassingShell(text: string): boolean {
  const lines = text.split('\n').filter(line => !/^\s*#/.test(line));
  return !lines.some(line => line.length > LONGEST_LINE || STAYS.test(line));
}
