/** Opens a namespace path as the caller sees it: the daemon may live in another mount namespace. */
export function openAsCaller<T>(
  open: (path: string) => T,
  path: string,
  callerPid: number | undefined,
): T {
  try {
    return open(path);
  } catch (error) {
    if (callerPid === undefined || (error as { reason?: string }).reason === 'denied') throw error;
    for (const candidate of throughRoot(path, callerPid)) {
      try {
        return open(candidate);
      } catch {
        // The first error names the path that the caller gave.
      }
    }
    throw error;
  }
}

/** An absolute symbolic link below another process's root is resolved from our own: /var/run is one. */
function throughRoot(path: string, pid: number): string[] {
  const paths = [path, path.replace(/^\/var\/run\//, '/run/')];
  return [...new Set(paths)].map((inside) => `/proc/${pid}/root${inside}`);
}
