/**
 * A plugin of sh that keeps what it was given and answers as told. `folder` holds `calls/`, and for each verb
 * `answers/VERB.{exit,out,err,first}`. /proc/PID/environ is what the kernel got at exec, byte for byte.
 */
export const delegateScript = (folder: string): string => `#!/bin/sh
began=$(date +%s%N)
call=$(mktemp -d '${folder}/calls/XXXXXXXX') || exit 5
cat "/proc/$$/environ" >"$call/environment"
cat >"$call/stdin"
readlink /proc/self/ns/net >"$call/namespace"
echo "$began" >"$call/began"
answer='${folder}/answers/'$CNI_COMMAND
[ ! -e "$answer.first" ] || . "$answer.first"
[ ! -e "$answer.err" ] || cat "$answer.err" >&2
[ ! -e "$answer.out" ] || cat "$answer.out"
date +%s%N >"$call/ended"
[ ! -e "$answer.exit" ] || exit "$(cat "$answer.exit")"
exit 0
`;
