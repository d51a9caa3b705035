export interface Finding {
  part: string;
  ok: boolean;
  detail: string;
  mend?: string;
}

/** A check that throws has found something; its message is the detail. */
export async function findingOf(part: string, mend: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { part, ok: true, detail: await check() };
  } catch (error) {
    return { part, ok: false, detail: (error as Error).message, mend };
  }
}
