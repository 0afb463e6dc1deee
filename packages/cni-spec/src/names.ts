/** SPEC section 1, `name`, and section 2, CNI_CONTAINERID: the same rule. */
const identifier = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** IFNAMSIZ of linux/if.h without the terminator. */
const interfaceNameBytes = 15;
const encoder = new TextEncoder();

export function isContainerId(text: string): boolean {
  return identifier.test(text);
}

export function isNetworkName(text: string): boolean {
  return identifier.test(text);
}

/** What the kernel takes (dev_valid_name in net/core/dev.c), in bytes of UTF-8, and no Unicode space. */
export function isInterfaceName(text: string): boolean {
  if (text === '' || text === '.' || text === '..') return false;
  if (/[/:\s\0]/u.test(text)) return false;
  return encoder.encode(text).length <= interfaceNameBytes;
}

/** SPEC section 1, `type`: the name of a file in CNI_PATH, never a path. */
export function isPluginType(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/\\\0]/.test(text);
}
