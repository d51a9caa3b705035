/** Type of the workflow that schedules of ours start; by it they are told from other people's. */
export const scheduledWorkflow = 'scheduledCampaignWorkflow';
