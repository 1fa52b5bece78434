const SUFFIXES: ReadonlySet<string> = new Set([
  'service',
  'socket',
  'target',
  'device',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
  'scope',
]);

/** systemd's UNIT_NAME_MAX, which counts the closing NUL. */
const LONGEST_NAME = 255;

/** What a unit's name says. For `getty@tty1.service`: prefix `getty`, instance `tty1`, type `service`. */
export interface UnitName {
  readonly name: string;
  readonly prefix: string;
  /** Empty for a template (`getty@.service`), absent for a unit without `@`. */
  readonly instance?: string;
  readonly type: string;
}

/** Undefined unless systemd would take `name` as a unit's name (systemd.unit(5)). */
export function parseUnitName(name: string): UnitName | undefined {
  const match = /^([A-Za-z0-9:_.\\-]+)(?:@([A-Za-z0-9:_.\\@-]*))?\.([a-z]+)$/.exec(name);
  const [, prefix, instance, type] = match ?? [];
  if (prefix === undefined || type === undefined || !SUFFIXES.has(type)) return;
  if (name.length > LONGEST_NAME) return;
  return { name, prefix, ...(instance !== undefined && { instance }), type };
}

/** `getty@.service` for `getty@tty1.service`; undefined for what is no instance. */
export function templateName({ prefix, instance, type }: UnitName): string | undefined {
  return instance === undefined || instance === '' ? undefined : `${prefix}@.${type}`;
}
