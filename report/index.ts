export { buildCampaignReport } from './build/build-campaign-report';
export { loggedChoices } from './build/logged-choices';
export { comparisonMarkdown } from './comparison/comparison-markdown';
export { renderComparison } from './comparison/render-comparison';
export { renderHtml } from './html/render-html';
export { renderMarkdown } from './markdown/render-markdown';
export { readLog } from './read-log';
export type { PolicyOutcomes, ReportInputs } from './report-inputs';
