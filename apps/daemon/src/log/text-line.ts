/** One JSON log line as a person reads it: `12:03:04.567 WARN  message  key=value`. */
export function textLine(json: string): string {
  const { time, level, msg, pid: _pid, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${show(value)}`);
  return `${[String(time).slice(11, 23), String(level).toUpperCase().padEnd(5), msg, ...rest].join('  ')}\n`;
}

function show(value: unknown): string {
  if (typeof value === 'string') return /[\s=]/.test(value) ? JSON.stringify(value) : value;
  const stack = (value as { stack?: unknown } | null)?.stack;
  return typeof stack === 'string' ? stack : JSON.stringify(value);
}
