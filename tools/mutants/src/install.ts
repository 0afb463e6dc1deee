import { link, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plugins } from './plugins/all-plugins.ts';
import { servePlugins } from './serve-plugins.ts';
import { buildForwarder } from './transport/build-forwarder.ts';
import { listen } from './transport/listen.ts';

/** Reference plugins that can be executed, for as long as this process serves them. */
export interface Installed extends AsyncDisposable {
  /** A folder of all plugins, which will be broken in that way; default: in none. */
  folder(mutant?: string): Promise<string>;
  /** From now on they are: before, one can be asked for its versions. */
  breakAs(mutant: string): void;
}

/** Throws Error where there is no C compiler. */
export async function installPlugins(): Promise<Installed> {
  const root = await mkdtemp(join(tmpdir(), 'vcn-cni-mutants-'));
  try {
    const forwarder = buildForwarder(root);
    const broken = new Set<string>();
    const listener = await listen(servePlugins((mutant) => broken.has(mutant)));
    return {
      breakAs: (mutant) => void broken.add(mutant),
      async folder(mutant = 'healthy') {
        const folder = join(root, mutant);
        if ((await mkdir(folder, { recursive: true })) === undefined) return folder;
        await symlink(listener.socket, join(folder, 'socket'));
        for (const name of Object.keys(plugins)) await link(forwarder, join(folder, name));
        return folder;
      },
      async [Symbol.asyncDispose]() {
        await listener[Symbol.asyncDispose]();
        await rm(root, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}
