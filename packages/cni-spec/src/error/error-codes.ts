/**
 * Every error code that a plugin of ours may answer with or meet: those of SPEC section 5 below 100, ours
 * from 100. Codes 3 and 8 and 0 are never sent: 3 tells the runtime that nothing has to be cleaned up, and
 * the others are not in the specification.
 */
export const ErrorCode = {
  IncompatibleVersion: 1,
  UnsupportedField: 2,
  UnknownContainer: 3,
  InvalidEnvironment: 4,
  IoFailure: 5,
  DecodingFailure: 6,
  InvalidNetworkConfig: 7,
  TryAgainLater: 11,
  PluginNotAvailable: 50,
  LimitedConnectivity: 51,
  InterfaceExists: 100,
  HostNamespace: 101,
  NamespaceUnusable: 102,
  HostLinkNameTaken: 103,
  AddressNotAvailable: 104,
  NotAttached: 105,
  StateDiffers: 106,
  KernelRefused: 110,
  StoreUnusable: 120,
  InternalDefect: 999,
} as const;

export type ErrorName = keyof typeof ErrorCode;

export interface ErrorCodeEntry {
  name: ErrorName;
  cause: string;
  remedy: string;
}

const texts: Record<ErrorName, [cause: string, remedy: string]> = {
  IncompatibleVersion: [
    'the configuration asks for a CNI version that the plugin does not speak, or one in which the verb or the result does not exist',
    'set cniVersion of the network configuration to a version that VERSION lists',
  ],
  UnsupportedField: [
    'the configuration holds a field that the plugin refuses; the message has its key and value',
    'remove the field from the network configuration',
  ],
  UnknownContainer: [
    'the container is not known to the plugin',
    'nothing has to be cleaned up; the runtime need not call DEL',
  ],
  InvalidEnvironment: [
    'CNI_ variables are missing or invalid; the message names them',
    'correct the call; this is for the author of the runtime',
  ],
  IoFailure: [
    'reading or writing failed, for example a socket that may not be opened',
    'look at the message for the file and the reason; run as the user that owns it',
  ],
  DecodingFailure: [
    'standard input, or the answer of a plugin, is not the JSON document that it should be',
    'correct the JSON; the message says where decoding stopped',
  ],
  InvalidNetworkConfig: [
    'the network configuration is JSON, but a field is missing or has a value that cannot be used',
    'correct the field that the message names',
  ],
  TryAgainLater: [
    'what the call needs is not there yet: the daemon is starting, or no address is free',
    'the runtime tries again by itself; if it lasts, look at the pool and the daemon',
  ],
  PluginNotAvailable: [
    'the plugin cannot serve an ADD now',
    'look at the daemon and at its sources of addresses; existing containers are not affected',
  ],
  LimitedConnectivity: [
    'the plugin cannot serve an ADD, and existing containers may be cut off',
    'look at the daemon and at the network interfaces of the host at once',
  ],
  InterfaceExists: [
    'the container already has an interface of that name, or the attachment was already made',
    'call DEL before ADD, or give another CNI_IFNAME',
  ],
  HostNamespace: [
    "CNI_NETNS is the host's own network namespace",
    'give the namespace of the container; a pod on the host network needs no attachment',
  ],
  NamespaceUnusable: [
    'CNI_NETNS does not lead to a network namespace that can be entered',
    'look whether the path exists, is a mounted namespace and is visible to the plugin',
  ],
  HostLinkNameTaken: [
    'a link of the host that is not ours, or that is of the same container, has the name that the host end needs',
    'remove or rename that link, or set another interface prefix',
  ],
  AddressNotAvailable: [
    'the address asked for is held by another attachment, or is not an address of this node',
    'ask for another address, or for none',
  ],
  NotAttached: [
    'CHECK was asked of an attachment that is not known here',
    'call ADD first; if the container runs, its network is lost and it has to be made anew',
  ],
  StateDiffers: [
    'CHECK found that the interface, its addresses, routes or host side are not as they were made',
    'look at the details, which name every operation that would mend it; delete the container to have it made anew',
  ],
  KernelRefused: [
    'the kernel refused an operation; the message has its error and the operation',
    'look up the operation by hand; a missing kernel module or a foreign rule is the usual reason',
  ],
  StoreUnusable: [
    'the record of attachments could not be read or written',
    'look at free space and permissions of the state directory; the daemon rebuilds it at start',
  ],
  InternalDefect: [
    'the plugin met a condition that its author did not expect',
    'report it with the message and the log of that time',
  ],
};

/** The table by code: name, cause and remedy. */
export const errorCodes: Readonly<Record<number, ErrorCodeEntry>> = Object.fromEntries(
  Object.entries(ErrorCode).map(([name, code]) => {
    const [cause, remedy] = texts[name as ErrorName];
    return [code, { name: name as ErrorName, cause, remedy }];
  }),
);
