import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { PluginUnderTest, Role } from '@vcn-cni/cni-conformance';
import { UsageError } from '../cli/usage-error.ts';
import { noHints, parseHints } from './parse-hints.ts';
import { pluginConfig } from './plugin-config.ts';
import { readText } from './read-text.ts';

export interface PluginFlags {
  readonly bin: string;
  readonly config: string;
  /** Folders with colons between them. */
  readonly cniPath?: string;
  readonly hints?: string;
  readonly role?: Role;
  readonly here?: boolean;
}

/** What the options name, read and checked. Throws UsageError. */
export async function pluginUnderTest(
  flags: PluginFlags,
): Promise<{ plugin: PluginUnderTest; versions: readonly string[] }> {
  const bin = resolve(flags.bin);
  await requireProgram(bin, flags.here === true);
  const cniPath = (flags.cniPath ?? '').split(':').filter((each) => each !== '');
  for (const folder of cniPath) await requireFolder(folder);
  const { config, versions } = pluginConfig(
    await readText('--config', flags.config),
    flags.config,
    basename(bin),
  );
  const { role } = flags;
  const hints =
    flags.hints === undefined
      ? noHints(role)
      : {
          ...parseHints(await readText('--hints', flags.hints), flags.hints),
          ...(role && { role }),
        };
  return {
    plugin: { bin, config, cniPath: cniPath.map((folder) => resolve(folder)), hints },
    versions,
  };
}

async function requireProgram(bin: string, here: boolean): Promise<void> {
  const found = await stat(bin).catch(() => undefined);
  if (!found) throw new UsageError(`--bin ${bin}: no such file; give the path of the plugin`);
  if (!found.isFile()) throw new UsageError(`--bin ${bin}: no file; give the path of the plugin`);
  await access(bin, constants.X_OK).catch(() => {
    throw new UsageError(`--bin ${bin}: may not be executed; chmod +x it`);
  });
  if (!here && /^\/(?:run|proc|dev)\//.test(bin)) {
    throw new UsageError(
      `--bin ${bin}: every sandbox has a /${bin.split('/')[1]} of its own; copy it elsewhere, as to /opt/cni/bin`,
    );
  }
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new UsageError(`--cni-path ${folder}: no such folder; give those with colons between`);
  }
}
