export { campaignWorkflow } from './campaign';
export { iterationWorkflow } from './iteration';
export { scheduledCampaignWorkflow } from './scheduled-campaign';
