import { type CniVersion, convertResult, printJson } from '@vcn-cni/cni-spec';
import type { DelegateAnswer } from './delegate.ts';

/**
 * ADD's answer of a probe: one interface, as the call names it, with the address 10.7.0.MARK. `before` is a line of sh
 * that runs first.
 */
export function markedAnswer(version: CniVersion, mark: number, before = ''): DelegateAnswer {
  const result = {
    cniVersion: '1.0.0',
    interfaces: [
      {
        name: '$CNI_IFNAME',
        mac: `02:00:00:00:00:${mark.toString(16).padStart(2, '0')}`,
        sandbox: '$CNI_NETNS',
      },
    ],
    ips: [{ address: `10.7.0.${mark}/24`, gateway: '10.7.0.254', interface: 0 }],
  };
  const text = printJson(convertResult(result, version).document);
  return { first: `${before}\ncat <<ANSWER\n${text}\nANSWER` };
}

/** The mark in a result, or in anything that holds one. */
export function markOf(value: unknown): number | undefined {
  const [, mark] = /"10\.7\.0\.(\d+)\/24"/.exec(printJson(value) ?? '') ?? [];
  return mark === undefined ? undefined : Number(mark);
}
