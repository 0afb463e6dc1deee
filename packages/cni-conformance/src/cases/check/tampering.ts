import type { Result } from '@vcn-cni/cni-spec';
import type { PluginCase, Role } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Finding } from '../../judge/finding.ts';
import type { KernelRoute } from '../../judge/kernel.ts';
import { Skip } from '../../judge/skip.ts';
import { withoutConsequences } from '../../judge/without-consequences.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { type Difference, difference } from '../../state/difference.ts';
import { attach } from '../steps/attach.ts';
import { check, checkIsOfUse } from '../steps/check.ts';
import { mustRun } from '../steps/must-run.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';

/** An attachment before it is tampered with. */
export interface Attached {
  readonly on: PluginHarness;
  readonly container: Container;
  readonly result: Result;
  /** What ADD changed on the host, in lines of a state. */
  readonly onHost: Difference;
  /** Routes that ADD made on the host; without those that the kernel makes for an address. */
  readonly hostRoutes: readonly KernelRoute[];
}

/** One thing to break, by a line of sh. */
export interface Break {
  readonly where: 'host' | 'container';
  /** As `the route to 10.0.0.0/8 is deleted`. */
  readonly what: string;
  readonly line: string;
}

export interface Tampering {
  readonly id: string;
  /** As `an address is deleted`. */
  readonly what: string;
  readonly roles: readonly Role[];
  readonly fast?: true;
  readonly mutants: readonly string[];
  /** Each is tried with an attachment of its own; none: it does not apply. */
  readonly breaks: (attached: Attached) => readonly Break[];
}

/**
 * CHECK after something was broken by hand. It passes too if it exits 0 and has mended what was broken. Where several
 * things of a kind can be broken, each is, with a container of its own: one that lacks a route may lack more by it.
 */
export function tampered({ id, what, roles, fast, mutants, breaks }: Tampering): PluginCase {
  return {
    id,
    title: `CHECK fails where ${what}`,
    does: `executes ADD and CHECK; ${what}, by hand; executes CHECK again; each such thing with a container of its own`,
    expects: 'the second CHECK fails, or everything is as it was before',
    roles,
    ...(fast && { fast }),
    mutants,
    async run(on) {
      let count = 1;
      for (let at = 0; at < count; at++) {
        const container = await on.container();
        const found = await attached(on, container);
        const todo = breaks(found);
        count = todo.length;
        const one = todo[at];
        if (!one) throw new Skip(`this attachment has nothing of the kind: ${what}`);
        await breakAndCheck(found, one);
        await on.call('DEL', container, { config: { prevResult: found.document } });
      }
    },
  };
}

async function attached(on: PluginHarness, container: Container) {
  const before = await on.state();
  const known = new Set((await observe(on, 'host')).routes.map(routeKey));
  const document = await attach(on, container);
  await checkIsOfUse(on, container, document);
  const onHost = difference(before, await on.state());
  const host = await observe(on, 'host');
  const hostRoutes = host.routes.filter(
    (route) => route.protocol !== 'kernel' && !known.has(routeKey(route)),
  );
  return { on, container, document, result: readResult(on, document), onHost, hostRoutes };
}

const routeKey = ({ destination, link, table }: KernelRoute): string =>
  `${destination} ${link} ${table}`;

async function breakAndCheck(
  { on, container, document }: Awaited<ReturnType<typeof attached>>,
  { where, what, line }: Break,
): Promise<void> {
  const whole = await on.state(container);
  await mustRun(on, where === 'host' ? 'host' : container, line);
  const broken = await on.state(container);
  const call = await check(on, container, document);
  if (call.exitCode !== 0) {
    expectRefusal(call);
    return;
  }
  if (isSame(whole, broken)) throw new Skip(`it has no effect here: ${line}`);
  if (isSame(whole, await on.state(container))) return on.note(`CHECK has mended it: ${what}`);
  throw new Finding('not-noticed', `${what}, and CHECK exits 0`);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  const { removed, added } = withoutConsequences(difference(one, other));
  return removed.length + added.length === 0;
}
