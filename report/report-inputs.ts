import type { ResolvedCampaign } from '../contract/campaign-run';
import type { EvaluationSummary } from '../contract/evaluation';
import type { CampaignEvent } from '../contract/campaign-event';
import type { CampaignReport, RetriedStep } from '../contract/campaign-report';
import type { RoundRecord } from '../contract/round-record';

/** What one policy's answer to each held-out prompt counts, from 0 to 1; null: the judge gave no verdict. */
export interface PolicyOutcomes {
  iteration: number;
  measure: 'accuracy' | 'winRate';
  outcomes: { promptId: string; category: string; points: number | null }[];
}

/** All that a report is made of, as collected from Temporal and the artifact store. */
export interface ReportInputs extends Pick<
  CampaignReport,
  'campaignId' | 'workflowId' | 'madeAt' | 'status' | 'startedAt' | 'endedAt' | 'expectedEnd' | 'failure' | 'notes'
> {
  campaign: ResolvedCampaign;
  iterationsDone: number;
  /** Of the training prompts, by promptId (all: it has none); needed where choices are made for prompts or pairs. */
  categoryOfPrompt: Record<string, string>;
  /** Oldest first. */
  rounds: RoundRecord[];
  /** Of the choices that `loggedChoices` gives, by hash. */
  contexts: ReadonlyMap<string, readonly number[]>;
  /** Oldest first. */
  events: CampaignEvent[];
  evaluations: EvaluationSummary[];
  /** Of the first and the newest measured policy; null before there are two. */
  compared: { first: PolicyOutcomes; last: PolicyOutcomes } | null;
  /** What reward models the campaign has now; those of the file where nobody could say. */
  rewardModels: { id: string; kind: string; status: 'active' | 'masked' | 'removed' }[];
  retries: RetriedStep[];
  workflowTaskFaults: number;
  lineage: Omit<CampaignReport['lineage'], 'configuration'>;
  /** Of the canonical JSON of `campaign`. */
  configuration: string;
}
