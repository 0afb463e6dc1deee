import type { Difference } from '../state/difference.ts';

const setting = /^(\S+) sysctl net\.ipv[46]\.(?:conf|neigh)\.([^=]*)\.([^.=]+)=/;

/**
 * Leaves out what only follows from another line: the settings of a link that is new or gone, and those that the
 * kernel writes to every link when forwarding is switched.
 */
export function withoutConsequences({ removed, added }: Difference): Difference {
  const all = [...removed, ...added];
  const links = new Set(
    all.flatMap((line) => {
      const [, where, name] = /^(\S+) link (\S+)/.exec(line) ?? [];
      return name === undefined ? [] : [`${where} ${name}`];
    }),
  );
  const switched = new Set(
    all.flatMap((line) => /^(\S+) sysctl net\.ipv4\.ip_forward=/.exec(line)?.[1] ?? []),
  );
  const stays = (line: string): boolean => {
    const [, where, link, name] = setting.exec(line) ?? [];
    if (where === undefined) return true;
    const follows = switched.has(where) && /^(?:forwarding|accept_redirects)$/.test(name!);
    return !links.has(`${where} ${link}`) && !follows;
  };
  return { removed: removed.filter(stays), added: added.filter(stays) };
}
