import { pino } from 'pino';
import type { Config } from '../config/schema.ts';
import type { Log } from './log.ts';
import { textLine } from './text-line.ts';

export interface LogStream {
  write(text: string): unknown;
  isTTY: boolean;
}

/** More than this waiting for a reader that has stopped reading is dropped, in bytes. */
const maxLength = 4 * 1024 * 1024;

/**
 * Standard error, written by other threads: `process.stderr` is synchronous on a pipe, and a reader that is slow
 * would hold up every pod. What is left is written at exit.
 */
export function openStderr(): LogStream {
  const stream = pino.destination({ dest: 2, sync: false, maxLength });
  return { write: (text) => stream.write(text), isTTY: process.stderr.isTTY === true };
}

/** Logs to standard error: JSON lines, or plain text for a person. */
export function createLogger(config: Config['log'], stderr: LogStream): Log {
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
