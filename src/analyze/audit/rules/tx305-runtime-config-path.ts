import type { AuditRule, Subject } from '../subject.ts';

/** containerd's configuration by its path in the unpacked image. */
export const runtimeConfigPath: AuditRule = {
  id: 'TX305',
  mention: ({ reference: { text }, start }, subject) => ({
    message: `${text} does not exist any more; the file is below /usr/share/containerd now, which is read-only`,
    ...(isWritten(subject, start) && {
      isByHand: true,
      manual:
        'copy /usr/share/containerd/config.toml to /etc/containerd, change the copy, and name it in CONTAINERD_CONFIG',
    }),
  }),
};

/** Changed in place, or written to: a new path alone would fail on a read-only /usr. */
function isWritten({ document }: Subject, start: number): boolean {
  if (!document) return false;
  const line = document.lines.start(document.lines.lineAt(start));
  const before = document.text.slice(Math.max(line, start - 300), start);
  return /(?:\bsed\b.*\s(?:-\w*i|--in-place)|\btee\b|>>?\s*["']?$|\b(?:cp|mv|install|ln)\b.*\s[^-\s]\S*\s+["']?$)/.test(
    before,
  );
}
