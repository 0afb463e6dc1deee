/** Time passes, in milliseconds, where nothing says when it is done. */
export const moment = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
