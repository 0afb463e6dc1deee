import { frameLimits } from '@vcn-cni/cni-runtime/plugin';
import type { ErrorName } from '@vcn-cni/cni-spec';

/** What goes wrong before the daemon can speak for itself. */
export interface Failure {
  code: ErrorName;
  msg: string;
  /** What to do; follows what is known of the case in the details. */
  remedy: string;
}

/** One table for both builds of the plugin: the relay gets it in its generated header. */
export const failures = {
  noEnvironment: {
    code: 'InvalidEnvironment',
    msg: 'no CNI_ variable is set',
    remedy:
      'this program is a CNI plugin, which a container runtime executes with CNI_COMMAND and other variables in its environment and a network configuration on standard input',
  },
  noCommand: {
    code: 'InvalidEnvironment',
    msg: 'CNI_COMMAND is not set',
    remedy: 'the runtime must set it to ADD, DEL, CHECK, GC, STATUS or VERSION',
  },
  environmentTooLong: {
    code: 'InvalidEnvironment',
    msg: 'the CNI_ variables are too long',
    remedy: `together they may have ${frameLimits.environment} bytes`,
  },
  badSocket: {
    code: 'InvalidEnvironment',
    msg: 'VCN_CNI_SOCKET is too long',
    remedy: 'the path of a Unix socket has at most 107 bytes',
  },
  badTimeout: {
    code: 'InvalidEnvironment',
    msg: 'a timeout is not a number of milliseconds',
    remedy: 'give at most seven digits, or leave it unset',
  },
  inputUnreadable: {
    code: 'IoFailure',
    msg: 'standard input cannot be read',
    remedy: 'the runtime must give the network configuration on standard input',
  },
  inputTooLong: {
    code: 'DecodingFailure',
    msg: 'standard input is too long',
    remedy: `the network configuration may have ${frameLimits.stdin} bytes`,
  },
  denied: {
    code: 'IoFailure',
    msg: 'the socket of vcn-cnid may not be opened',
    remedy: 'the runtime must execute the plugin as root, or as the user that owns the socket',
  },
  noDaemon: {
    code: 'TryAgainLater',
    msg: 'vcn-cnid is not running',
    remedy: 'nothing was changed; start vcn-cnid, then the runtime tries again',
  },
  notReady: {
    code: 'PluginNotAvailable',
    msg: 'vcn-cnid is not running',
    remedy: 'no container can be added until it is; existing containers are not affected',
  },
  notSpooled: {
    code: 'TryAgainLater',
    msg: 'vcn-cnid is not running and the DEL could not be kept for it',
    remedy: 'nothing was changed; start vcn-cnid, which makes and empties that folder',
  },
  lost: {
    code: 'TryAgainLater',
    msg: 'the answer of vcn-cnid was lost',
    remedy: 'it may have done what was asked; the runtime must call DEL before it tries again',
  },
  late: {
    code: 'TryAgainLater',
    msg: 'vcn-cnid did not answer in time',
    remedy: 'it may have done what was asked; the runtime must call DEL before it tries again',
  },
} as const satisfies Record<string, Failure>;
