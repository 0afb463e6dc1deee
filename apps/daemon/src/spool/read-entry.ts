import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  decodeRequest,
  decodeSpoolFile,
  type FrameRequest,
  spoolLimits,
} from '@vcn-cni/cni-runtime/plugin';

/** A DEL that the plugin left while no daemon answered. */
export interface SpooledDel {
  request: FrameRequest;
  /** CLOCK_BOOTTIME in nanoseconds at which it was written. */
  spooledAt: bigint;
}

/**
 * Reads one file of the spool.
 * @throws Error saying what is wrong with it; ENOENT when it is gone.
 */
export async function readEntry(path: string, now: bigint): Promise<SpooledDel> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new Error('is not a regular file');
    if (found.size > spoolLimits.file)
      throw new Error(`has ${found.size} bytes, more than ${spoolLimits.file}`);
    const { bootTimeNs, frame } = decodeSpoolFile(await file.readFile());
    if (bootTimeNs > now) throw new Error('was written before the last start of this machine');
    const request = decodeRequest(frame);
    const verb = request.environment['CNI_COMMAND'];
    if (verb !== 'DEL') throw new Error(`holds ${JSON.stringify(verb)}, not "DEL"`);
    return { request, spooledAt: bootTimeNs };
  } finally {
    await file.close();
  }
}
