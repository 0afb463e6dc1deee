/** Opening a network namespace by path, and proof that it is one. */
import { closeSync, openSync } from 'node:fs';
import { libc } from './libc.ts';
import { NamespaceError, type NamespaceReason } from './namespace-error.ts';

const NSFS_MAGIC = 0x6e736673;
const NS_GET_NSTYPE = 0xb703;
const CLONE_NEWNET = 0x4000_0000;

const reasons: Record<string, NamespaceReason> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ESRCH: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
};

function isNetworkNamespace(fd: number): boolean {
  const statfs = new Uint8Array(256);
  if (libc().fstatfs(fd, statfs) !== 0) return false;
  // f_type is the first word of struct statfs; the magic fits in 32 bits on every architecture.
  const words = new Uint32Array(statfs.buffer, 0, 2);
  if (words[0] !== NSFS_MAGIC && words[1] !== NSFS_MAGIC) return false;
  return libc().ioctl(fd, NS_GET_NSTYPE) === CLONE_NEWNET;
}

/**
 * A descriptor of the namespace at `path`, the caller's to close.
 * @throws NamespaceError
 */
export function openDescriptor(path: string): number {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new NamespaceError(reasons[code] ?? 'not-a-namespace', path, { cause });
  }
  if (isNetworkNamespace(fd)) return fd;
  closeSync(fd);
  throw new NamespaceError('not-a-namespace', path);
}
