import { failures, type FailureMeaning } from '../../contract/failures';

const tried: Record<FailureMeaning['triedAgain'], string> = {
  never: 'no',
  yes: 'yes',
  errorSays: 'depends',
};

/** docs/reference/failures.md: every failure type, from the table that the code goes by. */
export function failureTable(): string {
  return [
    '# Failures',
    '',
    'Every type of failure that a step ends with. Made from `contract/failures.ts` by `npm run reference`; do not edit.',
    'A failure that may pass is tried again as `durability.steps` of the campaign file says, then it ends the campaign.',
    'One that cannot pass ends it at once. *Depends*: a reward model without one finite score is asked three times; a',
    'broken reply is tried again, unless the same server must answer the same way. Errors that are not listed (a full disk,',
    'a lost connection to the store, a mistake of ours) are tried again.',
    '',
    'A campaign that failed is run again with the same command, and goes on at the step that failed.',
    '',
    '| type | tried again | what has happened | what to do |',
    '|---|---|---|---|',
    ...Object.entries(failures).map(
      ([type, { triedAgain, means, whatToDo }]) =>
        `| \`${type}\` | ${tried[triedAgain]} | ${means} | ${whatToDo.replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n');
}

/** contract/failure-types.json: whether each type is tried again, for the tests of the Python side. */
export function failureTypesFile(): string {
  const types = Object.entries(failures).map(([type, { triedAgain }]) => [type, triedAgain]);
  return `${JSON.stringify(Object.fromEntries(types), null, 2)}\n`;
}
