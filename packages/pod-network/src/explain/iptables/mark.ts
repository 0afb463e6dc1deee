import type { RuleOption } from '@vcn-cni/iptables';

/** A mark after `--set-xmark` and its relatives (iptables-extensions(8), MARK). */
export function xorMark(mark: number, { name, values }: RuleOption): number {
  const { value, mask } = markAndMask(values[0] ?? '0');
  switch (name) {
    case '--set-xmark':
      return ((mark & ~mask) ^ value) >>> 0;
    case '--set-mark':
      return ((mark & ~(mask | value)) | value) >>> 0;
    case '--and-mark':
      return (mark & value) >>> 0;
    case '--or-mark':
      return (mark | value) >>> 0;
    case '--xor-mark':
      return (mark ^ value) >>> 0;
    default:
      return mark;
  }
}

/** `0x80/0x80`; without a mask all bits count. */
export function markAndMask(text: string): { value: number; mask: number } {
  const [value = '0', mask = '0xffffffff'] = text.split('/');
  return { value: Number(value), mask: Number(mask) };
}
