import type { WaitCause } from '@vcn-cni/oci-vnic';
import type { WaitReport } from '../vnics-report.ts';
import type { SourceWait } from './address-source.ts';

/** Of the cloud, of this host, and of a NativePodNetwork. */
type Cause = WaitCause | 'link-missing' | 'npn-empty' | 'npn-unusable';

/** What is waited for, in words. */
const words: Readonly<Record<Cause, (subject: string) => string>> = {
  'subnet-updating': (subject) => `subnet ${subject} is UPDATING`,
  'subnet-unavailable': (subject) => `subnet ${subject} cannot be used`,
  'subnet-full': (subject) => `subnet ${subject} has no addresses left`,
  'vnic-attaching': (subject) => `VNIC ${subject} is being attached`,
  'vnic-detaching': (subject) => `VNIC ${subject} is being detached`,
  'addresses-in-use': (subject) => `${subject} is given back when no pod has it any more`,
  'address-provisioning': (subject) => `${subject} is not available yet`,
  'foreign-addresses': (subject) => `VNIC ${subject} has addresses that are not ours and stays`,
  'instance-full': () => 'the shape of the instance allows no more VNICs or addresses',
  'answer-unknown': (subject) => `the answer to a change of ${subject} was lost and is looked for`,
  'records-begun': () =>
    'the records were lost: what is found in the cloud is used when it is certain that nobody told it to go',
  throttled: (subject) => `${subject} was called too often`,
  'api-unavailable': () => 'the API does not answer',
  'not-authenticated': () => 'the API does not accept who calls',
  'not-authorized-or-not-found': (subject) => `${subject} is not allowed, or what it names is gone`,
  'limit-reached': (subject) => `${subject}: a limit of the service is reached`,
  'state-conflict': (subject) => `${subject} meets another change`,
  refused: (subject) => `${subject} was refused`,
  'link-missing': (subject) => `the card of VNIC ${subject} is not on this host`,
  'npn-empty': (subject) => `${subject} names no VNICs yet`,
  'npn-unusable': (subject) => `${subject} cannot be used`,
};

/** For people: what, since when, why, and who is kept waiting by it. Pure. */
export function describeWaits(
  waits: readonly SourceWait[],
  now: number,
  waitingPods: number,
): WaitReport[] {
  const pods =
    waitingPods === 0 ? '' : `; ${waitingPods} ${waitingPods === 1 ? 'pod' : 'pods'} waiting`;
  return waits.map(({ cause, subject, since, until, detail }) => {
    const what = words[cause as Cause]?.(subject) ?? `${subject}: ${cause}`;
    const forMs = Math.max(0, now - since);
    const again = until === undefined ? undefined : Math.max(0, until - now);
    return {
      cause,
      subject,
      forMs,
      ...(again !== undefined && { againInMs: again }),
      ...(detail !== undefined && { detail }),
      text: [
        `${what}, ${seconds(forMs)} s`,
        again === undefined ? '' : `, again in ${seconds(again)} s`,
        detail === undefined ? '' : ` (${detail})`,
        pods,
      ].join(''),
    };
  });
}

const seconds = (ms: number): number => Math.round(ms / 1000);
