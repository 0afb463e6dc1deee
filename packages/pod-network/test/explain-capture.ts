import {
  capturedSysctls,
  captureNamespace,
  type HostCapture,
  type NamespaceCapture,
  pairVeths,
} from '../src/explain/index.ts';
import type { Lab, Station } from './filter-lab.ts';

export const stationNames = ['host', 'podA', 'podB', 'fabric'] as const;
export type StationName = (typeof stationNames)[number];

/** The laboratory as the real drivers and programs tell it. */
export async function captureLab(lab: Lab): Promise<HostCapture> {
  const namespaces = await Promise.all(stationNames.map((name) => captureStation(name, lab[name])));
  const { primary, secondaries } = lab.node;
  return {
    name: 'node',
    root: 'host',
    namespaces: pairVeths(namespaces),
    vnics: [primary, ...secondaries].map(({ name, addresses, blocks }) => ({
      link: name,
      addresses: [...Object.values(addresses), ...blocks],
    })),
  };
}

async function captureStation(name: string, { namespace }: Station): Promise<NamespaceCapture> {
  const { links } = await namespace.handle.snapshot({ tables: [], ruleProtocol: false });
  const sysctls = capturedSysctls(links);
  const text = async (command: string, ...args: string[]) =>
    (await namespace.exec(command, args)).stdout;
  const [network, iptablesSave, ip6tablesSave, nftRuleset] = await Promise.all([
    namespace.handle.snapshot({ learnedNeighbours: true, sysctls }),
    text('iptables-save'),
    text('ip6tables-save'),
    text('nft', '-j', 'list', 'ruleset'),
  ]);
  return captureNamespace({ name, network, iptablesSave, ip6tablesSave, nftRuleset });
}
