import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Echo requests at short intervals, until they are told to end. */
export interface SteadyPings {
  /**
   * How many were sent, the numbers of those without an answer, and how many answers came again; one that is under way
   * at the end does not count.
   */
  end(): Promise<{ sent: number; lost: number[]; repeated: number }>;
}

const intervalMs = 20;

/** Returns with the first answer, or after 2 s without one. */
export async function startPings(from: SandboxNamespace, to: string): Promise<SteadyPings> {
  const seconds = String(intervalMs / 1000);
  const child = from.spawn('ping', ['-n', '-i', seconds, to], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const first = Promise.withResolvers<void>();
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.includes('icmp_seq=')) first.resolve();
  });
  const closed = once(child, 'close');
  await Promise.race([
    first.promise,
    sleep(2_000, undefined, { ref: false }),
    closed.then(() => {
      throw new Error(`ping ended: ${output}`);
    }),
  ]);
  return {
    async end() {
      child.kill('SIGINT');
      await closed;
      const answers = [...output.matchAll(/icmp_seq=(\d+) ttl/g)].map(([, number]) =>
        Number(number),
      );
      const answered = new Set(answers);
      const transmitted = Number(/(\d+) packets transmitted/.exec(output)![1]);
      const sent = Math.max(transmitted - 1, ...answered);
      const all = Array.from({ length: sent }, (_, index) => index + 1);
      const lost = all.filter((number) => !answered.has(number));
      return { sent, lost, repeated: answers.length - answered.size };
    },
  };
}
