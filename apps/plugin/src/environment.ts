import { frameLimits, isForwarded } from '@vcn-cni/cni-runtime/plugin';
import { PluginFailure } from './plugin-failure.ts';

/** The variables of a process as bytes, for they need not be UTF-8. */
export interface Environment {
  /** Those that go to the daemon, as `NAME=value`. */
  forwarded: Uint8Array[];
  /** As getenv: the first of the name. */
  get(name: string): Uint8Array | undefined;
}

/**
 * @param block `NAME=value\0` for each variable, as /proc/self/environ has it; `process.env` would
 *   have replaced what is not UTF-8
 */
export function readEnvironment(block: Uint8Array): Environment {
  const entries = split(block);
  const nameOf = (entry: Uint8Array): string =>
    Buffer.from(entry.subarray(0, Math.max(entry.indexOf(0x3d), 0))).toString();
  return {
    forwarded: entries.filter((entry) => isForwarded(nameOf(entry))),
    get(name) {
      const entry = entries.find((candidate) => nameOf(candidate) === name);
      return entry?.subarray(name.length + 1);
    },
  };
}

/** @throws PluginFailure if the forwarded variables are over the limit of a frame */
export function checkLength(environment: Environment): void {
  const length = environment.forwarded.reduce((sum, entry) => sum + entry.length + 1, 0);
  if (length > frameLimits.environment) throw new PluginFailure('environmentTooLong');
}

function split(block: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let start = 0; start < block.length; ) {
    const nul = block.indexOf(0, start);
    const end = nul < 0 ? block.length : nul;
    entries.push(block.subarray(start, end));
    start = end + 1;
  }
  return entries;
}
