import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeSpoolFile, spoolLimits } from '@vcn-cni/cni-runtime/plugin';
import { bootTime } from './boot-time.ts';

/** Writes one DEL; a file of the same name is replaced. @throws Error saying why it cannot be */
export function writeSpoolFile(folder: string, name: string, frame: Uint8Array): void {
  if (!lstatSync(folder).isDirectory()) throw new Error('it is not a directory');
  const bytes = encodeSpoolFile(bootTime(), frame);
  checkRoom(folder, name, bytes.length);
  const temporary = join(folder, `.${name}.${process.pid}`);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(file, bytes);
    renameSync(temporary, join(folder, name));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function checkRoom(folder: string, name: string, length: number): void {
  if (length > spoolLimits.file) throw new Error('the request is too long for it');
  let files = 1;
  let total = length;
  for (const entry of readdirSync(folder)) {
    const status =
      entry === name ? undefined : lstatSync(join(folder, entry), { throwIfNoEntry: false });
    if (status === undefined) continue;
    files++;
    total += status.size;
  }
  if (files > spoolLimits.files || total > spoolLimits.total) throw new Error('it is full');
}
