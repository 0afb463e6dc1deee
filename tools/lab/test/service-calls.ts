import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** One call of a server: who answered and whom it saw; or it was refused, or nobody answered in two seconds. */
export type Called = { pod: string; seen: string } | 'refused' | 'silent';

interface CallOptions {
  count?: number;
  protocol?: 'tcp' | 'udp';
}

/**
 * Calls one after the other, each by a socket of its own. Ends at the first that nobody answers. `refused` takes a
 * second: between namespaces the first refusal comes while the caller's socket is still busy sending, and is not taken.
 */
export async function call(
  from: SandboxNamespace,
  to: string,
  port: number,
  { count = 1, protocol = 'tcp' }: CallOptions = {},
): Promise<Called[]> {
  // What bash reads of a datagram is its first byte.
  const answer =
    protocol === 'udp'
      ? 'echo ask >&3 && dd bs=512 count=1 status=none <&3'
      : 'read -r line <&3 && echo "$line"';
  const script = `
    for ((i = 0; i < ${count}; i++)); do
      ( exec 3<>/dev/${protocol}/${to}/${port} && ${answer} ) 2>&1
    done`;
  const { stdout } = await from.exec('timeout', [String(2 + count / 10), 'bash', '-c', script]);
  const answers = stdout
    .split('\n')
    .filter((line) => /^\w+ [\da-f.:]+$|^bash: connect: Connection refused$/.test(line))
    .map((line): Called => {
      if (line.includes(': ')) return 'refused';
      const [pod, seen] = line.split(' ') as [string, string];
      return { pod, seen };
    });
  return answers.length < count ? [...answers, 'silent'] : answers;
}

/** The names of those that answered, each once, sorted; with `refused` and `silent` where it was so. */
export function answering(calls: readonly Called[]): string[] {
  return [...new Set(calls.map((one) => (typeof one === 'string' ? one : one.pod)))].sort();
}

/** The callers' addresses as the pods saw them, each once. */
export function seenBy(calls: readonly Called[]): string[] {
  return [...new Set(calls.flatMap((one) => (typeof one === 'string' ? [] : one.seen)))];
}
