import { type Ipv6Calls, ipv6Calls, type PrivateIpCalls, privateIpCalls } from './address-calls.ts';
import { type CallerDeps, type CallerOptions, createCaller } from './create-caller.ts';
import { type PlaceCalls, placeCalls } from './place-calls.ts';
import { type VnicCalls, vnicCalls } from './vnic-calls.ts';

/** The Core Services (REST 20160918), as far as VNICs and their addresses go. Every call rejects with OciError. */
export interface OciClient extends VnicCalls, PlaceCalls {
  privateIps: PrivateIpCalls;
  ipv6s: Ipv6Calls;
}

/** Throws RangeError if a rate can let nothing pass, TypeError if the endpoint is no URL. */
export function createClient(options: CallerOptions) {
  const callerOf = createCaller(options);
  return (deps: CallerDeps): OciClient => {
    const caller = callerOf(deps);
    return {
      ...vnicCalls(caller),
      ...placeCalls(caller),
      privateIps: privateIpCalls(caller),
      ipv6s: ipv6Calls(caller),
    };
  };
}
