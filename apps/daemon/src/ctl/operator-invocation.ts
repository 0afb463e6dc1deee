import { type Invocation, latestVersion, type Verb } from '@vcn-cni/cni-spec';

/** A verb that is about no container, asked by an operator instead of a runtime. */
export function operatorInvocation(verb: Verb & ('GC' | 'STATUS'), network: string): Invocation {
  return {
    verb,
    containerId: '',
    netns: '',
    ifname: '',
    args: new Map(),
    path: [],
    config: { cniVersion: latestVersion, name: network, type: 'oci-vcn' },
  };
}
