import type { Ruleset, SavedTable } from '@vcn-cni/iptables';
import type { HostSettings } from '../settings.ts';
import { chainOwner } from './names.ts';

/**
 * Lets pod traffic through where the policy of FORWARD is DROP (docker sets it). Last of FORWARD, so that whoever
 * filters there decides first: a policy engine that appends behind it would be passed by. Wanted only as
 * {@link needsForwardAccept} says. The same in both families.
 */
export function planForwardAccept(
  settings: Pick<HostSettings, 'interfacePrefix' | 'mark'>,
): Ruleset {
  const name = `${chainOwner}FORWARD`;
  const mark = `0x${settings.mark.toString(16)}`;
  return {
    chains: [
      {
        table: 'filter',
        name,
        rules: [
          `-i ${settings.interfacePrefix}+ -j ACCEPT`,
          `-o ${settings.interfacePrefix}+ -j ACCEPT`,
          // From the primary on to an endpoint on another node.
          `-m connmark --mark ${mark}/${mark} -j ACCEPT`,
        ],
      },
    ],
    jumps: [{ table: 'filter', from: 'FORWARD', to: name, position: 'last' }],
  };
}

/** Whether FORWARD drops pods and nobody else lets them through; in words, for doctor. */
export function needsForwardAccept(saved: readonly SavedTable[]): {
  needed: boolean;
  because: string;
} {
  const filter = saved.find(({ name }) => name === 'filter');
  const forward = filter?.chains.find(({ name }) => name === 'FORWARD');
  if (forward?.policy !== 'DROP') {
    return { needed: false, because: `the policy of FORWARD is ${forward?.policy ?? 'ACCEPT'}` };
  }
  const engine = forward.rules.find(({ target }) => /^cali-/.test(target?.name ?? ''));
  if (engine !== undefined) {
    const because = `${engine.target?.name} decides about FORWARD, and accepts what it allows itself`;
    return { needed: false, because };
  }
  return { needed: true, because: 'the policy of FORWARD is DROP' };
}
