/** Folders that stay writable: what is written there goes to a layer of the sandbox's own, and is seen. */
const layered = ['/etc', '/var', '/opt', '/tmp', '/home', '/srv'];

/** Where the sandbox keeps what is its own, in its own /run. */
export const ownFolder = '/run/cni-conformance';

/**
 * What the first process of a sandbox does, in namespaces that are new: its own /run, a layer over each folder that
 * plugins write to, all else read-only. It says the number it has outside, buries what others leave
 * behind, and ends with its standard input.
 *
 * An ordinary user owns no file of root's in a namespace of his own, so that layers are of no use to him: he gets
 * empty folders where plugins keep state.
 */
export const sandboxScript = `set -eu
read -r pid rest </proc/self/stat
mount --make-rprivate /
mount -t proc proc /proc 2>/dev/null || :
mount -t sysfs sysfs /sys 2>/dev/null || :
mount -t tmpfs tmpfs /run
mkdir -p ${ownFolder}/written ${ownFolder}/work ${ownFolder}/delegates /run/netns
for folder in ${layered.join(' ')}; do
  [ -d "$folder" ] || continue
  mkdir -p ${ownFolder}/written$folder ${ownFolder}/work$folder
  mount -t overlay overlay -o "lowerdir=$folder,upperdir=${ownFolder}/written$folder,workdir=${ownFolder}/work$folder" "$folder" 2>/dev/null || :
done
mkdir -p /var/lib/cni 2>/dev/null || mount -t tmpfs tmpfs /var/lib
mkdir -p /etc/cni/net.d 2>/dev/null || :
while read -r _ _ _ _ point rest; do
  case $point in
    /run | /run/* | /proc* | /sys* | /dev*) continue ;;
    ${layered.map((folder) => `${folder} | ${folder}/*`).join(' | ')} | /var/lib*) continue ;;
  esac
  mount -o remount,bind,ro "$point" 2>/dev/null || :
done </proc/self/mountinfo
ip link set dev lo up
exec 3<&0
cat <&3 >/dev/null &
echo "$pid"
wait $!
`;

/** The same by hand, for a person: the shell in which the commands of the evidence can be pasted. */
export const sandboxByHand =
  "unshare --net --mount --pid --fork --mount-proc --propagation private sh -c 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip link set dev lo up && exec sh'";
