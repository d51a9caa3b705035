import { uniform } from '../../../algorithm/bandit';
import { banditCases } from './bandit.cases';

banditCases(uniform, {}, { contextual: false });
