import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { World } from '../plugin.ts';

/** Limits what a link of the host sends. */
export async function slowDown({ caller }: World, link: string): Promise<void> {
  const limit = ['rate', '1gbit', 'burst', '1mb', 'latency', '50ms'];
  const { exitCode, stderr } = await caller.run([
    ...(['tc', 'qdisc', 'replace', 'dev', link, 'root', 'tbf'] as const),
    ...limit,
  ]);
  if (exitCode !== 0) throw new CniError(ErrorCode.KernelRefused, 'tc failed', stderr.trim());
}

/** The link may be gone, or have no limit. */
export async function speedUp(world: World, link: string): Promise<void> {
  if (!(await isSlow(world, link))) return;
  await world.caller.run(['tc', 'qdisc', 'del', 'dev', link, 'root']);
}

export async function isSlow({ caller }: World, link: string): Promise<boolean> {
  const { stdout } = await caller.run(['tc', 'qdisc', 'show', 'dev', link]);
  return /^qdisc tbf .* root .* rate 1Gbit/m.test(stdout);
}
