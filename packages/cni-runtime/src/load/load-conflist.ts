import { dirname, join } from 'node:path';
import { type Conflist, parseConflist, parsePluginConfig } from '@vcn-cni/cni-spec';
import { confFiles } from './conf-files.ts';
import { LoadError } from './load-error.ts';
import { parseFile } from './parse-file.ts';

/**
 * A list from its file, with the plugins of `<folder>/<network>/*.conf` behind its own, unless
 * `loadOnlyInlinedPlugins`. (SPEC section 1 has that flag both ways; this is its default's meaning, and what
 * libcni does.) Throws LoadError.
 */
export async function loadConflist(file: string): Promise<Conflist> {
  const list = await parseFile(file, (bytes) => parseConflist(bytes));
  return await withPluginFiles(list, file);
}

/** A list of which only the bytes were read, completed as `loadConflist` does. */
export async function withPluginFiles(list: Conflist, file: string): Promise<Conflist> {
  const folder = join(dirname(file), list.name);
  const files = list.loadOnlyInlinedPlugins ? [] : await confFiles(folder, ['.conf']);
  const others = await Promise.all(files.map((one) => parseFile(one, parsePluginConfig)));
  const plugins = [...list.plugins, ...others];
  if (plugins.length > 0) return { ...list, plugins };
  const remedy = `give it plugins, or put a .conf file for each into ${folder}`;
  throw new LoadError('no-plugins', file, `network ${list.name} of ${file} has no plugins`, remedy);
}
