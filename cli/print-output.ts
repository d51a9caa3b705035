/** What a command found, on stdout: as JSON for programs, else as text for people. */
export function printOutput<Value>(value: Value, json: boolean | undefined, text: (value: Value) => string): void {
  process.stdout.write(`${json === true ? JSON.stringify(value, null, 2) : text(value)}\n`);
}
