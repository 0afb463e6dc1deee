export type Say = (step: string) => void;

/** Each step as a plain line on standard error, so that standard output holds the outcome alone. */
export function createProgress(): Say {
  const { isTTY } = process.stderr;
  return (step) => {
    process.stderr.write(isTTY ? `\u001b[2m· ${step}\u001b[0m\n` : `${step}\n`);
  };
}
