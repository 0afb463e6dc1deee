import type { InstancePrincipal } from './authentication.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import { generateSessionKeys, type SessionKeys } from './session-keys.ts';

/** What of the SDK's providers is needed. */
interface Provider {
  getKeyId(): Promise<string>;
  getPrivateKey(): string;
  getPassphrase(): string | null;
}

async function credentialsFrom(provider: Provider): Promise<Credentials> {
  const keyId = await provider.getKeyId();
  const passphrase = provider.getPassphrase();
  return {
    keyId,
    privateKey: provider.getPrivateKey(),
    ...(passphrase ? { passphrase } : {}),
  };
}

export function fromConfigFile(file?: string, profile?: string): CredentialSource {
  return async () => {
    const { ConfigFileAuthenticationDetailsProvider } = await import('oci-common');
    return credentialsFrom(new ConfigFileAuthenticationDetailsProvider(file, profile));
  };
}

/** The token is read anew each time: `oci session refresh` replaces the file. */
export function fromSessionToken(file?: string, profile?: string): CredentialSource {
  return async () => {
    const { SessionAuthDetailProvider } = await import('oci-common');
    return credentialsFrom(new SessionAuthDetailProvider(file, profile));
  };
}

/** Token and key are read anew each time, where the environment names files. */
export function fromResourcePrincipal(): CredentialSource {
  return async () => {
    const { ResourcePrincipalAuthenticationDetailsProvider } = await import('oci-common');
    return credentialsFrom(ResourcePrincipalAuthenticationDetailsProvider.builder());
  };
}

/**
 * Each time a new pair of keys and a new token, with the certificates the metadata service has by then.
 * Throws what the SDK throws where that service or the identity service cannot be had.
 */
export function fromInstancePrincipal(options: InstancePrincipal): CredentialSource {
  let opened: Promise<(keys: SessionKeys) => Promise<Provider>> | undefined;
  return async () => {
    // One builder for good: each brings circuit breakers, with timers that nothing stops.
    opened ??= openBuilder(options);
    const build = await opened;
    return credentialsFrom(await build(await generateSessionKeys()));
  };
}

async function openBuilder(
  options: InstancePrincipal,
): Promise<(keys: SessionKeys) => Promise<Provider>> {
  const { InstancePrincipalsAuthenticationDetailsProviderBuilder } = await import('oci-common');
  const builder = new InstancePrincipalsAuthenticationDetailsProviderBuilder();
  if (options.metadataBaseUrl !== undefined) builder.metadataBaseUrl = options.metadataBaseUrl;
  if (options.federationEndpoint !== undefined) {
    builder.federationEndpoint = options.federationEndpoint;
  }
  return (keys) => {
    // The SDK makes keys within one turn of the event loop, 0.1 s and more; these are made aside, and used once.
    const supplier = { getKeyPair: () => keys, refreshKeys: () => undefined };
    Object.assign(builder, { sessionKeySupplier: supplier });
    return builder.build();
  };
}
