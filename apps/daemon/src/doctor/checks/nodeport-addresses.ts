import type { Check } from '../check.ts';

/** In iptables mode kube-proxy accepts NodePorts on every local address, also where replies cannot leave. */
export const nodeportAddresses: Check = {
  id: 'nodeport-addresses',
  find({ kubeProxy, network, settings }) {
    const secondaries = network?.rules.some(
      ({ priority }) => priority === settings.priorities.guard,
    );
    if (!kubeProxy || !secondaries) return [];
    if (kubeProxy.some((argument) => argument.startsWith('--nodeport-addresses'))) return [];
    return [
      {
        severity: 'warning',
        evidence:
          'kube-proxy runs without --nodeport-addresses; whether its configuration file limits NodePorts to the primary address is unknown',
        remedy:
          'set nodePortAddresses: [primary] and detectLocalMode: InterfaceNamePrefix for kube-proxy',
      },
    ];
  },
};
