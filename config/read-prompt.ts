import { canonicalJson, sha256 } from '../artifact-store';
import type { Campaign } from '../contract/campaign';
import type { PromptRecord } from '../contract/round';

export interface PromptReading {
  data: Campaign['data'];
  answersNeeded: boolean;
  /** The answer field may hold a list of answers, each of them right. Default: it may not. */
  severalAnswers?: boolean;
}

/** A data file's object as a prompt, by the campaign's field names. @throws Error that says what is wrong and what to do */
export function readPrompt(fields: Record<string, unknown>, reading: PromptReading): PromptRecord {
  const { data, answersNeeded } = reading;
  const { fields: names, template, answerPattern } = data;
  const question = readText(fields, names.prompt);
  if (question === undefined || question.trim() === '') {
    const present = Object.keys(fields).join(', ');
    throw new Error(`has no text in "${names.prompt}" (it has ${present}); set data.fields.prompt`);
  }
  const texts = { '{prompt}': question, '{context}': readContext(fields, names.context) };
  const prompt = template.replace(/\{prompt\}|\{context\}/g, (name) => texts[name as keyof typeof texts]);

  const [answer, ...otherAnswers] = readAnswers(fields, reading).flatMap(
    (one) => extractAnswer(one, answerPattern) ?? [],
  );
  if (answer === undefined && answersNeeded) {
    const matching = answerPattern === undefined ? '' : ` that matches ${answerPattern}`;
    throw new Error(`has no answer in "${names.answer}"${matching}; set data.fields.answer or data.answerPattern`);
  }
  const category = readText(fields, names.category);
  if (category !== undefined && /\p{Cc}/u.test(category)) {
    throw new Error(`has a control character in "${names.category}"; take it out, categories are shown on terminals`);
  }
  return {
    promptId:
      names.promptId === undefined ? sha256(canonicalJson(prompt)).slice(0, 16) : readId(fields, names.promptId),
    prompt,
    ...(answer !== undefined && { answer }),
    ...(otherAnswers.length > 0 && { otherAnswers }),
    ...(category !== undefined && category !== '' && { category }),
  };
}

function readContext(fields: Record<string, unknown>, name: string | undefined): string {
  if (name === undefined) return '';
  const context = readText(fields, name);
  if (context === undefined) throw new Error(`has no text in "${name}"; set data.fields.context`);
  return context;
}

/** None where the field is absent. */
function readAnswers(fields: Record<string, unknown>, { data, severalAnswers = false }: PromptReading): string[] {
  const name = data.fields.answer;
  const value = fields[name];
  const values: unknown[] = severalAnswers && Array.isArray(value) ? value : [value];
  return values.flatMap((one) => readText({ [name]: one }, name) ?? []);
}

function readId(fields: Record<string, unknown>, name: string): string {
  const id = readText(fields, name);
  if (id === undefined || id === '')
    throw new Error(`has no id in "${name}"; give one, or leave data.fields.promptId out`);
  return id;
}

/** Text, number or boolean as text, halves of surrogate pairs replaced; undefined where the field is absent or null. */
function readText(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`has ${Array.isArray(value) ? 'a list' : 'an object'} in "${name}"; give a text or a number`);
}

function extractAnswer(text: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return text;
  const match = new RegExp(pattern).exec(text);
  return match ? (match[1] ?? match[0]) : undefined;
}
