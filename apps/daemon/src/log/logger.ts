import { pino } from 'pino';
import type { Config } from '../config/schema.ts';
import type { Log } from './log.ts';
import { textLine } from './text-line.ts';

/** Logs to standard error: JSON lines, or plain text for a person. */
export function createLogger(
  config: Config['log'],
  stderr: { write(text: string): unknown; isTTY?: boolean },
): Log {
  const text = config.format === 'text' || (config.format === 'auto' && stderr.isTTY === true);
  return pino(
    {
      level: config.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void stderr.write(text ? textLine(line) : line) },
  );
}
