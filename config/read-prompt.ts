import { canonicalJson, sha256 } from '../artifact-store';
import type { Campaign } from '../contract/campaign';
import type { PromptRecord } from '../contract/round';

interface PromptReading {
  data: Campaign['data'];
  answersNeeded: boolean;
}

/** A data file's object as a prompt, by the campaign's field names. @throws Error that says what is wrong and what to do */
export function readPrompt(fields: Record<string, unknown>, { data, answersNeeded }: PromptReading): PromptRecord {
  const { fields: names, template, answerPattern } = data;
  const question = readText(fields, names.prompt);
  if (question === undefined || question.trim() === '') {
    const present = Object.keys(fields).join(', ');
    throw new Error(`has no text in "${names.prompt}" (it has ${present}); set data.fields.prompt`);
  }
  const prompt = template.replace('{prompt}', () => question);

  const answer = extractAnswer(readText(fields, names.answer), answerPattern);
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
    ...(category !== undefined && category !== '' && { category }),
  };
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

function extractAnswer(text: string | undefined, pattern: string | undefined): string | undefined {
  if (text === undefined || pattern === undefined) return text;
  const match = new RegExp(pattern).exec(text);
  return match ? (match[1] ?? match[0]) : undefined;
}
