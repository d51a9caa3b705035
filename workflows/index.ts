export { bestOfNWorkflow } from './best-of-n';
export { campaignWorkflow } from './campaign';
export { comparisonWorkflow } from './comparison';
export { iterationWorkflow } from './iteration';
export { scheduledCampaignWorkflow } from './scheduled-campaign';
