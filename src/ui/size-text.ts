const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `12.4 MiB`, `54 MiB`, `612 bytes`: one decimal where it says something. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  // Rounded before the unit is chosen: 1048575 bytes are 1 MiB, not 1024 KiB.
  let tenths = Math.round((bytes / 1024) * 10);
  let unit = 0;
  while (tenths >= 10240 && unit < UNITS.length - 1) {
    unit += 1;
    tenths = Math.round((bytes / 1024 ** (unit + 1)) * 10);
  }
  const text = tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
  return `${text} ${UNITS[unit]}`;
}
