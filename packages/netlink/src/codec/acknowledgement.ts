/** NLMSG_ERROR: the kernel's answer to one request, with its own words where it has some. */
import { decodeAttributes, textOf } from './attributes.ts';
import { align, HEADER, type Message } from './message.ts';

const NLM_F_CAPPED = 0x100;
const NLM_F_ACK_TLVS = 0x200;
const NLMSGERR_ATTR_MSG = 1;

export interface Acknowledgement {
  /** 0: done. */
  errno: number;
  message?: string;
}

export function decodeAcknowledgement({ body, flags }: Message): Acknowledgement {
  const errno = body.length >= 4 ? -body.readInt32LE(0) : 0;
  if (!(flags & NLM_F_ACK_TLVS) || body.length < 4 + HEADER) return { errno };
  const request = flags & NLM_F_CAPPED ? HEADER : align(body.readUInt32LE(4));
  const message = textOf(decodeAttributes(body, 4 + request).get(NLMSGERR_ATTR_MSG));
  return message ? { errno, message } : { errno };
}
