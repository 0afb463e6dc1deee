import { isolate } from '@vcn-cni/workspace/isolate';

isolate();
const { bench } = await import('./bench.ts');
process.exitCode = await bench(process.argv.slice(2));
