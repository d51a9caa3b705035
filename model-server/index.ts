/** The vLLM-style protocol from our side. ApplicationFailures are made by the activities, from `failureType` and `retryable`. */
export { checkEndpoint } from './check-endpoint';
export { checkHealth } from './check-health';
export { classifyMessages, type ClassifyMessagesRequest, type Message } from './classify-messages';
export { classifyTexts, type ClassifyTextsRequest } from './classify-texts';
export { classifySglang, type ClassifySglangRequest } from './classify-sglang';
export { classifyTokens, type ClassifyTokensRequest } from './classify-tokens';
export { completeChat, type CompleteChatRequest } from './complete-chat';
export { embedPrompts, type EmbedPromptsRequest } from './embed-prompts';
export { evaluateLlamaFactoryScores, type EvaluateLlamaFactoryScoresRequest } from './evaluate-llamafactory-scores';
export { getOpenRlhfRewards, type GetOpenRlhfRewardsRequest } from './get-openrlhf-rewards';
export { getSlimeReward, type GetSlimeRewardRequest } from './get-slime-reward';
export {
  isModelServerError,
  isProtocolViolationError,
  type ModelServerConfigError,
  type ModelServerError,
  type ProtocolViolationError,
} from './errors';
export {
  generateCompletions,
  type GenerateCompletionsRequest,
  type GeneratedCompletions,
  type SamplingOptions,
} from './generate-completions';
export { createModelServer, type CallOptions, type ModelServer, type ModelServerOptions } from './http';
export { listModels, type ServedModel } from './list-models';
export { loadAdapter, type LoadAdapterRequest } from './load-adapter';
export { predictTei, type PredictTeiRequest } from './predict-tei';
export { rerankTei, type RerankTeiRequest } from './rerank-tei';
export {
  scoreLoglikelihood,
  type Loglikelihood,
  type ResponseSpan,
  type ScoreLoglikelihoodRequest,
} from './score-loglikelihood';
export { tokenize, type Tokenized, type TokenizeRequest } from './tokenize';
export { unloadAdapter } from './unload-adapter';
