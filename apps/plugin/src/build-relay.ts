/** Compiles the relay: `node --conditions=@vcn-cni/source apps/plugin/src/build-relay.ts`. */
import { buildRelay } from './compile-relay.ts';

const result = buildRelay();
if ('failure' in result) {
  process.stderr.write(`${result.failure}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${result.path}\n`);
}
