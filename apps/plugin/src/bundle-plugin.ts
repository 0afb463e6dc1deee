import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Writes `build/oci-vcn.mjs`, the TypeScript plugin as one executable file that needs nothing but
 * Node, and may be installed under any name. Gives its path.
 */
export async function bundlePlugin(): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const conditions = ['@vcn-cni/source'];
  const name = 'oci-vcn.mjs';
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: {
      ssr: 'src/main.ts',
      outDir: 'build',
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: { output: { format: 'es', entryFileNames: name } },
    },
  });
  const path = join(root, 'build', name);
  chmodSync(path, 0o755);
  return path;
}
