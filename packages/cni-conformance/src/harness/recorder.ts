import type { Evidence } from '../evidence.ts';
import type { Executed } from './execute.ts';

/** Keeps what was done, in order. */
export interface Recorder {
  readonly evidence: readonly Evidence[];
  command(text: string, done: Executed): void;
  note(text: string): void;
}

export function createRecorder(): Recorder {
  const evidence: Evidence[] = [];
  return {
    evidence,
    command(command, { exitCode, signal, stdout, stderr, durationMs, timedOut }) {
      evidence.push({
        ...{ kind: 'command', command, exitCode, stdout, stderr },
        durationMs: Math.round(durationMs * 10) / 10,
        ...(signal && { signal }),
      });
      if (timedOut) evidence.push({ kind: 'note', text: 'the deadline passed; it was killed' });
    },
    note: (text) => void evidence.push({ kind: 'note', text }),
  };
}
