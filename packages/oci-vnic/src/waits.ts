import type { Hold, Wait } from './plan-model.ts';

/** Whether what is waited for ends in the cloud, where it has to be looked for. */
export function isMoving({ cause }: Wait): boolean {
  return (
    cause === 'subnet-updating' ||
    cause === 'vnic-attaching' ||
    cause === 'vnic-detaching' ||
    cause === 'address-provisioning' ||
    cause === 'answer-unknown'
  );
}

/** The waits, and what is kept back beyond them; waits for a hold that is over are left out. */
export function addHolds(waits: readonly Wait[], holds: readonly Hold[], now: number): Wait[] {
  const standing = waits.filter(({ until }) => until === undefined || until > now);
  const named = new Set(standing.map(({ cause, subject }) => `${cause} ${subject}`));
  return [
    ...standing,
    ...holds
      .filter(({ cause, subject }) => !named.has(`${cause} ${subject}`))
      .map((hold): Wait => ({ op: 'wait', ...hold })),
  ];
}

/** When there is something to do again: `poll` for what moves, `full` at the latest. */
export function nextMoment(
  waits: readonly Wait[],
  now: number,
  poll: number,
  full: number,
): number {
  const moments = [full];
  for (const wait of waits) {
    if (wait.until !== undefined) moments.push(wait.until);
    else if (isMoving(wait)) moments.push(Math.max(now, poll));
    else if (wait.cause === 'addresses-in-use') moments.push(now + 5_000);
  }
  return Math.min(...moments);
}
