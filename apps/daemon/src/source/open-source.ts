/** The source of pod addresses that the configuration names. Names no driver. */
import { join } from 'node:path';
import type { BlockCounts, PoolCounts } from '@vcn-cni/ipam';
import type { ObservedAttempt } from '@vcn-cni/oci-vnic/api';
import type { Imds } from '@vcn-cni/oci-vnic/imds';
import type { NpnVnic } from '@vcn-cni/oci-vnic/npn';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import type { AddressSource } from './address-source.ts';
import { cacheFile } from './cache-file.ts';
import { createLocate, type OciApi, readPorts } from './locate.ts';
import { createNpnSource } from './npn-source.ts';
import { createOciSource } from './oci-source.ts';
import { createOutage } from './outage.ts';

export interface SourceDrivers {
  openImds(options: { baseUrl: string }): Imds;
  loadOciApi(): Promise<OciApi>;
  watchNpn(
    file: string,
    listener: { changed(vnics: readonly NpnVnic[]): void; failed(error: Error): void },
  ): Disposable;
  /** Told of each attempt of a call of the cloud's API. */
  observe(attempt: ObservedAttempt): void;
}

/** Undefined where the blocks of the configuration are all there is. */
export function openSource(
  config: Config,
  drivers: SourceDrivers,
  deps: {
    pool: { counts(): PoolCounts; blocks(): BlockCounts[] };
    now(): number;
    log: Log;
  },
): AddressSource | undefined {
  const { mode } = config.pool;
  if (mode === 'static') return undefined;
  const imds = drivers.openImds({ baseUrl: config.oci.metadata });
  if (mode === 'npn') {
    const file = config.npn.file!;
    return createNpnSource({
      ...deps,
      file,
      watch: (listener) => drivers.watchNpn(file, listener),
      ports: (signal) => readPorts(imds, signal),
    });
  }
  const outage = createOutage(deps.now);
  const kept = (name: string) => cacheFile(join(config.cacheDirectory, name));
  return createOciSource(config, {
    ...deps,
    locate: createLocate(config, {
      imds,
      loadApi: drivers.loadOciApi,
      shape: kept('shape.json'),
      observe(attempt) {
        outage.observe(attempt);
        drivers.observe(attempt);
      },
    }),
    outage,
    records: kept('vnics.json'),
  });
}
