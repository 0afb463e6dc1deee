import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const script = `
  const [server, family, name] = process.argv.slice(1);
  const resolver = new (require('node:dns').promises.Resolver)({ timeout: 2000, tries: 1 });
  resolver.setServers([server.includes(':') ? '[' + server + ']' : server]);
  const answer = family === 'inet' ? resolver.resolve4(name) : resolver.resolve6(name);
  answer.then(([address]) => console.log(address), () => process.exit(1));
`;

/** The first address that a name server gives for a name by UDP; undefined when there is none within 2 s. */
export async function resolveName(
  from: SandboxNamespace,
  server: string,
  family: 'inet' | 'inet6',
  name: string,
): Promise<string | undefined> {
  const args = ['-e', script, server, family, name];
  const { code, stdout } = await from.exec(process.execPath, args);
  return code === 0 ? stdout.trim() : undefined;
}
