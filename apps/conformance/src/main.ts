#!/usr/bin/env node
/** cni-conformance. */
import { pluginCases, runtimeCases } from '@vcn-cni/cni-conformance';

for (const { id, title } of [...pluginCases, ...runtimeCases]) {
  process.stdout.write(`${id.padEnd(24)} ${title}\n`);
}
