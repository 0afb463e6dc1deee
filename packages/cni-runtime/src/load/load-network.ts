import {
  type Conflist,
  conflistOfPlugin,
  parseConflist,
  parsePluginConfig,
} from '@vcn-cni/cni-spec';
import { confFiles } from './conf-files.ts';
import { loadConflist, withPluginFiles } from './load-conflist.ts';
import { LoadError } from './load-error.ts';
import { parseFile } from './parse-file.ts';

const listInstead = 'correct the file; a list of plugins belongs into a .conflist file';

/**
 * The network of that name: the first `.conflist` that has it, else the first `.conf` or `.json` of one plugin,
 * as a list of one. Files are read in the order of their names, and a malformed one before the match is
 * LoadError `malformed`, since it may be the one that is meant. LoadError `none` if the folder has no
 * configurations, `not-found` if it has only others.
 */
export async function loadNetwork(folder: string, name: string): Promise<Conflist> {
  const lists = await confFiles(folder, ['.conflist']);
  for (const file of lists) {
    const list = await parseFile(file, (bytes) => parseConflist(bytes));
    if (list.name === name) return await withPluginFiles(list, file);
  }
  const plugins = await confFiles(folder, ['.conf', '.json']);
  for (const file of plugins) {
    const plugin = await parseFile(file, parsePluginConfig, listInstead);
    if (plugin['name'] === name) return await parseFile(file, conflistOfPlugin);
  }
  if (lists.length + plugins.length === 0) throw noneIn(folder);
  throw new LoadError(
    'not-found',
    folder,
    `no net configuration with name "${name}" in ${folder}`,
    'look at the key name of the files there: names of files do not count',
  );
}

/**
 * The network of the first file by name of all `.conf`, `.conflist` and `.json`, which is the one that
 * Kubernetes runtimes use. Throws LoadError.
 */
export async function loadFirstNetwork(folder: string): Promise<Conflist> {
  const [file] = await confFiles(folder, ['.conf', '.conflist', '.json']);
  if (file === undefined) throw noneIn(folder);
  if (file.endsWith('.conflist')) return await loadConflist(file);
  return await parseFile(file, conflistOfPlugin, listInstead);
}

function noneIn(folder: string): LoadError {
  const remedy = 'put a .conflist file there, or name another folder';
  return new LoadError('none', folder, `no net configurations found in ${folder}`, remedy);
}
