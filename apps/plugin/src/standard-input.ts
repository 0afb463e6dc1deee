import { readSync } from 'node:fs';
import { frameLimits } from '@vcn-cni/cni-runtime/plugin';
import { PluginFailure } from './plugin-failure.ts';

/** All of standard input. @throws PluginFailure if it cannot be read or is over the limit */
export function readStandardInput(): Uint8Array {
  const buffer = Buffer.allocUnsafe(frameLimits.stdin + 1);
  let used = 0;
  while (used < buffer.length) {
    const count = readSome(buffer, used);
    if (count === 0) return buffer.subarray(0, used);
    used += count;
  }
  throw new PluginFailure('inputTooLong');
}

function readSome(buffer: Uint8Array, offset: number): number {
  for (;;) {
    try {
      return readSync(0, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw new PluginFailure('inputUnreadable', message);
      // A runtime may hand over a pipe that does not block; nothing else is to be done meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
