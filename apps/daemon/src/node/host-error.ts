/** This host is not as the configuration says, or not yet: trying again may help. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(message: string) {
    super(`this host does not fit the configuration: ${message}`);
  }
}
