import type { Check } from '../check.ts';

const main = 254;

/** A connected route of a pod VNIC in main steals replies that must leave by the primary. */
export const mainRoutes: Check = {
  id: 'main-routes',
  find({ network, primary, settings }) {
    if (!network) return [];
    const ruled = new Set(
      network.rules.flatMap(({ iif, priority }) =>
        priority === settings.priorities.guard && iif ? [iif] : [],
      ),
    );
    return network.routes
      .filter(
        ({ table, link, type }) =>
          (table ?? main) === main &&
          (type ?? 'unicast') === 'unicast' &&
          link !== undefined &&
          link !== primary &&
          ruled.has(link),
      )
      .map(({ destination, link }) => ({
        severity: 'warning',
        evidence: `the main table has ${destination} dev ${link}, an interface that only carries pods`,
        remedy: `remove the route and what makes it (DHCP or NetworkManager on ${link})`,
      }));
  },
};
