#!/usr/bin/env node
/** vcnctl. */
import { ctlProgram } from './cli/ctl-program.ts';
import { runProgram } from './cli/run-program.ts';
import { packageVersion } from './cli/version.ts';
import { createCtlClient } from './ctl/client.ts';

const program = ctlProgram({
  version: packageVersion(),
  socket: process.env['VCN_CNI_CTL_SOCKET'] ?? '/run/vcn-cni/ctl.sock',
  client: createCtlClient,
  examine: async (daemon, { config, confDir }) => {
    // Only for a host whose daemon does not answer: most calls need none of these.
    const { configOrDefaults, examine } = await import('./doctor/examine.ts');
    const { openHost } = await import('@vcn-cni/netlink/driver');
    const { nft } = await import('@vcn-cni/nftables/driver');
    const host = openHost();
    try {
      return await examine(
        await configOrDefaults(process.env, config),
        {
          snapshot: () => host.snapshot(),
          nftables: () => nft().available(),
          daemon: async () => daemon,
        },
        confDir,
      );
    } finally {
      host.close();
    }
  },
  stdout: process.stdout,
  stderr: process.stderr,
  setExitCode: (code) => {
    process.exitCode = code;
  },
});
process.exitCode = await runProgram(program, process.argv.slice(2), process.stderr);
