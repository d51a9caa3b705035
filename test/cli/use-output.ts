/** What is written to stdout and stderr during a test, instead of to the terminal. */
export function useOutput() {
  let out = '';
  let errors = '';
  beforeEach(() => {
    out = '';
    errors = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true));
  });
  afterEach(() => jest.restoreAllMocks());
  return { text: () => out, errors: () => errors, json: () => JSON.parse(out) as unknown };
}
