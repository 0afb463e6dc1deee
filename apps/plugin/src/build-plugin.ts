/** Bundles the plugin: `node --conditions=@vcn-cni/source apps/plugin/src/build-plugin.ts`. */
import { bundlePlugin } from './bundle-plugin.ts';

process.stdout.write(`${await bundlePlugin()}\n`);
