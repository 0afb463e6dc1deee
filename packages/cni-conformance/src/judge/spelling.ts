/** An address as the kernel spells it. What is none stays as it is. */
export function spelled(address: string): string {
  if (!address.includes(':')) return address;
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return address;
  }
}

/** The same of a CIDR; without a length it is one address. */
export function spelledCidr(cidr: string): string {
  const [address = '', length = address.includes(':') ? '128' : '32'] = cidr.split('/');
  return `${spelled(address)}/${length}`;
}
