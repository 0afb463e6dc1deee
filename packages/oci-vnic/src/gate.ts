import type { Actual, Change, Wait, WaitCause } from './plan-model.ts';
import { subjectsOf } from './subjects.ts';

/** Says what a change has to wait for, if for anything. */
export type Gate = (change: Change) => Wait | undefined;

export function createGate(actual: Actual): Gate {
  const subnets = new Map(actual.subnets.map((subnet) => [subnet.id, subnet]));
  return (change) => {
    const subjects = subjectsOf(change);
    const hold = actual.holds.find(
      ({ subject, until }) => until > actual.now && subjects.includes(subject),
    );
    if (hold) {
      const { cause, subject, since, until, detail } = hold;
      return { op: 'wait', cause, subject, since, until, ...(detail ? { detail } : {}) };
    }
    if (change.op === 'update-vnic') return undefined;
    const subnet = subnets.get(change.subnetId);
    if (subnet === undefined) return undefined;
    if (subnet.lifecycle === 'updating') return waitFor(actual, 'subnet-updating', subnet.id);
    if (change.op === 'detach' || change.op === 'release') return undefined;
    if (subnet.lifecycle !== 'available')
      return waitFor(actual, 'subnet-unavailable', subnet.id, subnet.lifecycle);
    const inet = change.op === 'attach' || change.family === 'inet';
    if (inet && subnet.freeAddresses === 0) return waitFor(actual, 'subnet-full', subnet.id);
    return undefined;
  };
}

/** A wait that began when it was first planned. */
export function waitFor(actual: Actual, cause: WaitCause, subject: string, detail?: string): Wait {
  const before = actual.waits.find((wait) => wait.cause === cause && wait.subject === subject);
  const since = before?.since ?? actual.now;
  return { op: 'wait', cause, subject, since, ...(detail ? { detail } : {}) };
}
