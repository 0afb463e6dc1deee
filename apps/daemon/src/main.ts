#!/usr/bin/env node
/** vcn-cnid: where the drivers are named and everything is put together. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dispatch } from '@vcn-cni/cni-runtime/plugin';
import { openStore } from '@vcn-cni/ipam/sqlite';
import { iptables } from '@vcn-cni/iptables/driver';
import { openHost, openNamespace } from '@vcn-cni/netlink/driver';
import { nft } from '@vcn-cni/nftables/driver';
import { createImds } from '@vcn-cni/oci-vnic/imds';
import { npnFile, npnVnics } from '@vcn-cni/oci-vnic/npn';
import { chainOwner } from '@vcn-cni/pod-network';
import { daemonProgram } from './cli/daemon-program.ts';
import { runProgram } from './cli/run-program.ts';
import { packageVersion } from './cli/version.ts';
import { runDaemon } from './daemon.ts';
import { examine } from './doctor/examine.ts';
import { loadLibc } from './host/libc.ts';
import { firstPresent } from './install/install.ts';
import { createLogger, openStderr } from './log/logger.ts';
import { openService } from './open-service.ts';

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function snapshotHost() {
  const host = openHost();
  return host.snapshot().finally(() => host.close());
}

/** Of a namespace at a path by programs that run in it. */
function readRulesOf(path?: string) {
  const exec = path === undefined ? [] : ['nsenter', `--net=${path}`, '--'];
  return {
    nft: () => nft({ exec }).list(),
    iptables: (family: 'inet' | 'inet6') =>
      iptables({ family, exec, backend: 'auto', owner: chainOwner }).list(),
  };
}

const program = daemonProgram({
  version: packageVersion(),
  environment: process.env,
  stdout: process.stdout,
  defaultPlugin: () =>
    firstPresent([beside('../../plugin/build/oci-vcn'), beside('../../plugin/build/oci-vcn.mjs')]),
  run: async (config, { waitLock, confDirectory, onServing }) => {
    const stop = new AbortController();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
    const log = createLogger(config.log, openStderr());
    const libc = loadLibc();
    const tables = { backend: 'auto', owner: chainOwner } as const;
    await runDaemon(
      { config, waitLock, ...(onServing && { onServing: () => onServing(stop.signal) }) },
      {
        version: packageVersion(),
        log,
        libc,
        dispatch,
        openService: ({ cloudCall }) =>
          openService(
            config,
            {
              host: openHost(),
              open: openNamespace,
              openStore: () =>
                openStore({
                  directory: config.stateDirectory,
                  bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
                  now: () => Number(libc.bootTime() / 1_000_000n),
                }),
              filter: {
                nft: nft(),
                iptables: {
                  inet: iptables({ family: 'inet', ...tables }),
                  inet6: iptables({ family: 'inet6', ...tables }),
                },
              },
              source: {
                openImds: (options) => createImds(options)(),
                loadOciApi: () => import('@vcn-cni/oci-vnic/api'),
                watchNpn: (file, { changed, failed }) =>
                  npnFile(file).watch({ changed: (npn) => changed(npnVnics(npn)), failed }),
                observe: cloudCall,
              },
              rules: readRulesOf,
              bootTime: libc.bootTime,
            },
            log,
          ),
        loadMeter: async (sources) =>
          (await import('./metrics/prometheus-meter.ts')).createPrometheusMeter(sources),
        doctor: () =>
          examine(
            config,
            {
              snapshot: snapshotHost,
              nftables: () => nft().available(),
              daemon: async () => ({ serving: true }),
            },
            confDirectory,
          ),
      },
      stop.signal,
    ).catch((error) => {
      if (!stop.signal.aborted) throw error;
    });
  },
});
process.exitCode = await runProgram(program, process.argv.slice(2), process.stderr);
