import type { Environment } from '../command-line/settings.ts';

/** What a terminal can show: all of Unicode, or ASCII alone. */
export type Charset = 'utf8' | 'ascii';

/**
 * The terminal's, as locale(7) has it: the first of LC_ALL, LC_CTYPE and LANG that is not empty decides, by the charset
 * behind its dot. `C.UTF-8`, `de_DE.utf8` and the bare `UTF-8` that macOS sends through ssh are UTF-8. C, POSIX, charsets
 * of eight bits and languages without a charset, which are of eight bits too, are not.
 *
 * Where no variable is set POSIX means C, but nobody has chosen it: containers, `ssh` and `kubectl exec` start shells
 * without any, on terminals that all know UTF-8 today. systemd decides the same way (is_locale_utf8). The locale itself
 * is not asked for: a container often lacks the one that its user has named, and that says nothing about his terminal.
 * On Windows nothing is set, and its console is written to as Unicode.
 */
export function charsetOf({ LC_ALL, LC_CTYPE, LANG }: Environment): Charset {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return !locale || /(?:^|\.)utf-?8(?:@|$)/i.test(locale) ? 'utf8' : 'ascii';
}
