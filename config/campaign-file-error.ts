import { failureTypes } from '../contract/failure-types';

/** A campaign file, or data it names, that cannot be used. A line for each problem: file, place, what is wrong, what to do. */
export class CampaignFileError extends Error {
  override readonly name = 'CampaignFileError';
  readonly type = failureTypes.configInvalid;
  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  }
}
