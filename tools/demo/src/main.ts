import { isolate } from '@vcn-cni/workspace/isolate';

isolate();
const { demo } = await import('./demo.ts');
process.exitCode = await demo(process.argv.slice(2));
