import { StoreError } from '../store-error.ts';

/** Result codes of sqlite3.h; the low byte of an extended code is its primary one. */
const SQLITE_ERROR = 1;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;

function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** Whether the content of the file is to blame, rather than the system that carries it. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_ERROR || code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

export function isConflict(error: unknown): boolean {
  return resultCode(error) === SQLITE_CONSTRAINT;
}

/** What the system or SQLite refused, as StoreError with path and remedy. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const said = error instanceof Error ? error.message : String(error);
  if (resultCode(error) === SQLITE_FULL || said.startsWith('ENOSPC')) {
    const message = `no space is left for the store ${path}; free some of that file system`;
    return new StoreError('full', message, { path, cause: error });
  }
  const message = `the store ${path} cannot be used (${said}); its folder must exist and be writable, and one process alone may have it open`;
  return new StoreError('unusable', message, { path, cause: error });
}
