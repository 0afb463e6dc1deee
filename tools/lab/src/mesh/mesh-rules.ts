/** What istio-init and Envoy agree on. */
export const meshPorts = { outbound: 15001, inbound: 15006, health: 15021 } as const;

/** The user that the proxy runs as, by which its own connections are told from those of the application. */
export const proxyUser = 1337;

/** Where the proxy connects to the application from; IPv6 has to be given an address like it on `lo`. */
export const passthrough = { inet: '127.0.0.6', inet6: '::6' } as const;

/** Local ports of what the proxy opens where there is no other user: a user namespace that maps one alone. */
export const proxyPorts = { first: 61_000, count: 1_000 } as const;

/**
 * Rules of a pod's namespace as istio-init writes them: everything that comes in by TCP goes to the inbound port of
 * the proxy, what the application sends to the outbound port, and what the proxy sends goes out.
 * @returns input for iptables-restore
 */
export function meshRules(family: 'inet' | 'inet6', ownUser: boolean): string {
  const [localhost, source] =
    family === 'inet'
      ? ['127.0.0.1/32', `${passthrough.inet}/32`]
      : ['::1/128', `${passthrough.inet6}/128`];
  const last = proxyPorts.first + proxyPorts.count - 1;
  const [proxy, others] = ownUser
    ? [`-m owner --uid-owner ${proxyUser}`, `-m owner ! --uid-owner ${proxyUser}`]
    : [
        `-p tcp --sport ${proxyPorts.first}:${last}`,
        `-p tcp ! --sport ${proxyPorts.first}:${last}`,
      ];
  return `*nat
:ISTIO_INBOUND - [0:0]
:ISTIO_IN_REDIRECT - [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_REDIRECT - [0:0]
-A PREROUTING -p tcp -j ISTIO_INBOUND
-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN
-A ISTIO_INBOUND -p tcp --dport 15090 -j RETURN
-A ISTIO_INBOUND -p tcp --dport ${meshPorts.health} -j RETURN
-A ISTIO_INBOUND -p tcp --dport 15020 -j RETURN
-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports ${meshPorts.inbound}
-A ISTIO_OUTPUT -s ${source} -o lo -j RETURN
-A ISTIO_OUTPUT ! -d ${localhost} -o lo ${proxy} -j ISTIO_IN_REDIRECT
-A ISTIO_OUTPUT -o lo ${others} -j RETURN
-A ISTIO_OUTPUT ${proxy} -j RETURN
-A ISTIO_OUTPUT -d ${localhost} -j RETURN
-A ISTIO_OUTPUT -j ISTIO_REDIRECT
-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports ${meshPorts.outbound}
COMMIT
`;
}
