/** Files below /proc/sys/net, which show the namespace of the thread that opens them. */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { canonicalSysctl } from '../canonical.ts';
import type { SysctlSpec } from '../state.ts';

const pathOf = (name: string): string => `/proc/sys/${name}`;

/** Synchronous: for use inside `inside`. */
export function writeSysctl(sysctl: SysctlSpec): void {
  const { name, value } = canonicalSysctl(sysctl);
  const fd = openSync(pathOf(name), constants.O_WRONLY);
  try {
    writeSync(fd, `${value}\n`);
  } finally {
    closeSync(fd);
  }
}

/** Those that exist and can be read. */
export function readSysctls(names: readonly string[]): SysctlSpec[] {
  return names.flatMap((name) => {
    canonicalSysctl({ name, value: '' });
    try {
      return [canonicalSysctl({ name, value: readFileSync(pathOf(name), 'latin1') })];
    } catch {
      return [];
    }
  });
}
