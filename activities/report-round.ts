import { log } from '@temporalio/activity';
import type { IterationReport } from '../contract/iteration-run';
import type { ActivityDependencies } from './dependencies';

export interface ReportRoundInput {
  /** Of the campaign. */
  workflowId: string;
  report: IterationReport;
}

/** Tells the campaign how far its iteration is. A report that does not arrive is made up for by the next, so it fails nothing. */
export async function reportRound(
  { tellCampaign }: ActivityDependencies,
  { workflowId, report }: ReportRoundInput,
): Promise<void> {
  try {
    await tellCampaign?.(workflowId, report);
  } catch (error) {
    log.warn('The campaign could not be told of a round', { workflowId, error });
  }
}
