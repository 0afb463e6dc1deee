import { createHash } from 'node:crypto';
import { CniError } from '@vcn-cni/cni-spec';
import { topLevelString } from './frame-member.ts';

/** Of the folder `spool/` beside the socket; in bytes, except `files`. */
export const spoolLimits = {
  file: 64 * 1024,
  files: 4096,
  total: 32 * 1024 * 1024,
} as const;

/** A DEL that waits for the daemon. */
export interface SpoolFile {
  /** CLOCK_BOOTTIME at which it was written, in nanoseconds; never later than the real time. */
  bootTimeNs: bigint;
  /** The request frame, for `decodeRequest`. */
  frame: Uint8Array;
}

/** `VCN-CNI-DEL/1 NANOSECONDS\n`, then the request frame. */
export function encodeSpoolFile(bootTimeNs: bigint, frame: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`VCN-CNI-DEL/1 ${bootTimeNs}\n`), frame]);
}

/** @throws CniError 999 if the head is not of this format; the frame is not looked at */
export function decodeSpoolFile(bytes: Uint8Array): SpoolFile {
  const newline = bytes.subarray(0, 64).indexOf(0x0a);
  const line = new TextDecoder().decode(bytes.subarray(0, newline < 0 ? 64 : newline));
  const match = newline < 0 ? null : /^VCN-CNI-DEL\/1 (\d{1,19})$/.exec(line);
  if (match === null) {
    throw new CniError(
      999,
      'malformed spool file',
      `its head is ${JSON.stringify(line)}, not "VCN-CNI-DEL/1 NANOSECONDS"`,
    );
  }
  return { bootTimeNs: BigInt(match[1] as string), frame: bytes.subarray(newline + 1) };
}

/** What tells one DEL from another. Variables as bytes need not be UTF-8. */
export interface SpoolIdentity {
  containerId: string | Uint8Array;
  ifname: string | Uint8Array;
  stdin: Uint8Array;
}

/**
 * Name of a DEL's file: SHA-256 over container id, interface and network name, each but the last
 * ended by a NUL, in hexadecimal. The frame as a whole would not do: a runtime repeats a DEL
 * without the namespace, without prevResult and with its arguments in another order, and a repeat
 * must overwrite itself.
 */
export function spoolFileName({ containerId, ifname, stdin }: SpoolIdentity): string {
  return createHash('sha256')
    .update(containerId)
    .update('\0')
    .update(ifname)
    .update('\0')
    .update(topLevelString(stdin, 'name') ?? '')
    .digest('hex');
}
