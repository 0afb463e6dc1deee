/** Loading of the optional native dependencies, with an error that says what to do. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Thrown where `netlink` or `koffi` is needed and not installed (or has no build for this machine). */
export class MissingDependencyError extends Error {
  readonly dependency: string;

  constructor(dependency: string, cause: unknown) {
    super(
      `@vcn-cni/netlink needs the npm package "${dependency}" to talk to the kernel, and it could not be loaded on ${process.platform}-${process.arch}: install it with "npm install ${dependency}" (it is an optional dependency: do not install with --omit=optional)`,
      { cause },
    );
    this.name = 'MissingDependencyError';
    this.dependency = dependency;
  }
}

/** The CommonJS module of that name, or {@link MissingDependencyError}. */
export function requireOptional(dependency: string): unknown {
  try {
    return require(dependency);
  } catch (cause) {
    throw new MissingDependencyError(dependency, cause);
  }
}
