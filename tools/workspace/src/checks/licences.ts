import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage, LockFile } from '../lock-file.ts';
import type { Workspace } from '../workspace.ts';
import type { Check } from './check.ts';

const shipped = /^(?:MIT|ISC|0BSD|BSD-[234]-Clause|Apache-2\.0|UPL-1\.0)$/;

/** Licences that only tools of ours are under, none of which reaches a user; each with its reason. */
const toolsOnly: Record<string, string> = {
  'BlueOak-1.0.0': 'permissive, no conditions on use',
  'Python-2.0': 'permissive (argparse, of the documentation tools)',
  'MPL-2.0': 'file-level copyleft; used unchanged (lightningcss, of vite)',
};

/** Shipped packages under another licence, each with the reason why that is as good. */
const named: Record<string, string> = {
  tweetnacl: 'Unlicense, a dedication to the public domain; of oci-common',
};

/** Everything in the lock file is under a licence we accept, for what it is used for. */
export const licences: Check = { name: 'licences', problems: findProblems };

function findProblems({ root, read }: Workspace): string[] {
  const lock = JSON.parse(read('package-lock.json')) as LockFile;
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .flatMap(([path, entry]) => {
      const licence = entry.license ?? installedLicence(join(root, path)) ?? 'none';
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return name in named || accepted(licence, entry)
        ? []
        : [`${path}@${entry.version}: licence "${licence}"`];
    });
}

function accepted(expression: string, { dev }: LockedPackage): boolean {
  const one = (licence: string) => shipped.test(licence) || (dev === true && licence in toolsOnly);
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every(one));
}

function installedLicence(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { license } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type: string };
  };
  return typeof license === 'object' ? license.type : license;
}
