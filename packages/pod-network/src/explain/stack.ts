import { runHook } from './netfilter/hooks.ts';
import type { Hook, HookVerdict } from './netfilter/visit.ts';
import { routeInput } from './routing/route-input.ts';
import { isOwn, routeOutput } from './routing/route-output.ts';
import type { Skb } from './skb.ts';
import type { Space } from './space.ts';
import type { Trail } from './trail.ts';

/** What one namespace made of a packet. */
export type Outcome =
  | { kind: 'delivered' }
  /** By `skb.oif` and `skb.route`. */
  | { kind: 'sent' }
  | { kind: 'dropped'; why: string };

/** A packet that a process of the namespace sends. */
export function output(space: Space, skb: Skb, trail: Trail): Outcome {
  if (!isOwn(space, skb)) {
    const text = `the source ${skb.source} is no address of ${space.name}: sent as a raw socket would`;
    trail.step(space.name, 'link', text, skb);
  }
  const refused = route(space, skb, trail);
  if (refused !== undefined) return { kind: 'dropped', why: refused.drop };
  const again = () => {
    trail.step(space.name, 'route', 'the packet has changed: routed again', skb);
    return route(space, skb, trail);
  };
  const verdict =
    hook(space, skb, trail, 'output', again) ?? hook(space, skb, trail, 'postrouting');
  if (verdict !== undefined) return { kind: 'dropped', why: verdict.drop };
  if (skb.oif !== 'lo') return { kind: 'sent' };
  skb.iif = 'lo';
  delete skb.owner;
  // The route was decided on the way out and stays with the packet.
  const here = hook(space, skb, trail, 'prerouting') ?? hook(space, skb, trail, 'input');
  return here === undefined ? { kind: 'delivered' } : { kind: 'dropped', why: here.drop };
}

/** A packet that came in by `skb.iif`. */
export function input(space: Space, skb: Skb, trail: Trail): Outcome {
  for (const chain of ingressChains(space, skb)) trail.doubt(space.name, chain, skb);
  const early = hook(space, skb, trail, 'prerouting');
  if (early !== undefined) return { kind: 'dropped', why: early.drop };
  const way = routeInput(space, skb, trail);
  if (way.to === 'nowhere') return { kind: 'dropped', why: way.why };
  if (way.to === 'here') {
    const verdict = hook(space, skb, trail, 'input');
    return verdict === undefined ? { kind: 'delivered' } : { kind: 'dropped', why: verdict.drop };
  }
  leaveBy(skb, way.route);
  const verdict = hook(space, skb, trail, 'forward') ?? hook(space, skb, trail, 'postrouting');
  return verdict === undefined ? { kind: 'sent' } : { kind: 'dropped', why: verdict.drop };
}

/** What sees a frame before IP does is not followed: rules at a device's ingress. */
function ingressChains({ capture }: Space, { iif }: Skb): string[] {
  const tables = capture.nftables?.tables ?? [];
  return tables.flatMap(({ family, name, chains }) =>
    chains
      .filter(
        ({ base, rules }) => base?.hook === 'ingress' && base.device === iif && rules.length > 0,
      )
      .map((chain) => `nftables ${family} ${name} ${chain.name}: ingress of ${iif}`),
  );
}

function route(space: Space, skb: Skb, trail: Trail): HookVerdict {
  const way = routeOutput(space, skb, trail);
  if ('why' in way) return { drop: way.why };
  leaveBy(skb, way.route);
  return undefined;
}

function leaveBy(skb: Skb, way: NonNullable<Skb['route']>): void {
  skb.route = way;
  // What is for this node itself goes over lo, whatever link its address is on.
  if (way.type === 'local') skb.oif = 'lo';
  else if (way.link !== undefined) skb.oif = way.link;
}

function hook(
  space: Space,
  skb: Skb,
  trail: Trail,
  name: Hook,
  reroute?: () => HookVerdict,
): HookVerdict {
  return runHook({ space, hook: name, skb, trail }, reroute);
}
