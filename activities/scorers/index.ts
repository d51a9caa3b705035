export { compareAnswers } from './compare-answers';
export { scoreDeterminants } from './score-determinants';
export { scoreTexts, type TextScores } from './score-texts';
export type { MissingReason, ScoredText, ScorerWorld } from './scorer';
export { createMathVerifier, type MathVerifier } from './verifier/math-verifier';
