const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of milliseconds for people, to about three digits: `340 ms`, `12.3 s`, `4 min 5 s`, `2 h 3 min`, `3 d 4 h`; `–` for what is no span. */
export const duration = (ms: number): string => {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 9.95) return `${Number(ms.toPrecision(2))} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9995) return `${(ms / SECOND).toFixed(2)} s`;
  if (ms < MINUTE - 50) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < HOUR - SECOND / 2) return twoUnits(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY - MINUTE / 2) return twoUnits(ms, HOUR, 'h', MINUTE, 'min');
  return twoUnits(ms, DAY, 'd', HOUR, 'h');
};

// Rounds to the lesser unit before it divides, so that no "59 min 60 s" can come out.
const twoUnits = (ms: number, majorMs: number, major: string, minorMs: number, minor: string): string => {
  const minors = Math.round(ms / minorMs);
  const perMajor = majorMs / minorMs;
  const rest = minors % perMajor;
  const whole = `${(minors - rest) / perMajor} ${major}`;
  return rest === 0 ? whole : `${whole} ${rest} ${minor}`;
};
