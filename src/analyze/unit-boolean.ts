/** A boolean as systemd reads it (systemd.syntax(7), "Boolean arguments"); undefined for what it refuses. */
export function unitBoolean(text: string): boolean | undefined {
  if (/^(?:1|yes|y|true|t|on)$/i.test(text)) return true;
  if (/^(?:0|no|n|false|f|off)$/i.test(text)) return false;
  return undefined;
}
