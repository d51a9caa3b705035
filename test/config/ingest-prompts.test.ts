import { campaign } from '../../contract/campaign';
import { promptRecord } from '../../contract/round';
import { ingestPrompts, type PromptSource } from '../../config/ingest-prompts';
import { useTemporaryStore } from '../artifact-store/temporary-store';
import { rejection } from '../model-server/against';
import { smallest, useCampaignFolder } from './campaign-folder';

const folder = useCampaignFolder();
const store = useTemporaryStore();

function source(content: string | Uint8Array, data: Record<string, unknown> = {}): PromptSource {
  const parsed = campaign.parse({ ...smallest, data: { ...(smallest['data'] as object), ...data } });
  return { file: folder.put('prompts.jsonl', content), data: parsed.data, answersNeeded: true };
}

async function problemsOf(content: string | Uint8Array, data: Record<string, unknown> = {}): Promise<string[]> {
  const from = source(content, data);
  const error = await rejection<Error>(ingestPrompts(store(), from));
  expect(error.name).toBe('CampaignFileError');
  return error.message.split('\n').map((line) => line.replace(`${from.file}: `, ''));
}

const line = (fields: Record<string, unknown>) => `${JSON.stringify(fields)}\n`;
const good = line({ prompt: '1+1=', answer: 2 });

test('a prompt is stored with its answer and category, under an id made of its text', async () => {
  const { ref, records } = await ingestPrompts(
    store(),
    source(line({ prompt: 'a', answer: 2, category: 'sum', more: [] })),
  );
  expect(records).toEqual([
    { promptId: expect.stringMatching(/^[0-9a-f]{16}$/), prompt: 'a', answer: '2', category: 'sum' },
  ]);
  expect(await store().getJsonLines(ref, promptRecord)).toEqual(records);
});

test('byte-order mark, CRLF, blank lines and a missing last line feed change nothing', async () => {
  const plain = await ingestPrompts(store(), source(good + line({ prompt: '1+2=', answer: 3 })));
  const dressed = `\uFEFF\r\n${good.replace('\n', '\r\n')}\r\n  \n${line({ prompt: '1+2=', answer: 3 }).trimEnd()}`;
  expect((await ingestPrompts(store(), source(dressed))).ref).toEqual(plain.ref);
});

test('half a surrogate pair is replaced wherever it stands', async () => {
  const text = '{"prompt":"a\\ud83d","answer":"b\\ude00","category":"\\ud800"}\n';
  const { records } = await ingestPrompts(store(), source(text));
  expect(records[0]).toMatchObject({ prompt: 'a\ufffd', answer: 'b\ufffd', category: '\ufffd' });
});

test('names of fields, template and answer pattern are the campaign’s', async () => {
  const data = {
    fields: { promptId: 'id', prompt: 'question', answer: 'solution', category: 'kind' },
    template: 'Q: {prompt}\nA:',
    answerPattern: '#### (\\d+)',
  };
  const { records } = await ingestPrompts(
    store(),
    source(line({ id: 7, question: 'cost $& $1', solution: 'so #### 12', kind: '' }), data),
  );
  expect(records).toEqual([{ promptId: '7', prompt: 'Q: cost $& $1\nA:', answer: '12' }]);
});

test('a limit takes the first so many, and nothing after them is looked at', async () => {
  const { records } = await ingestPrompts(store(), { ...source(`${good}not JSON`), limit: 1 });
  expect(records).toHaveLength(1);
});

test('a file is read in pieces, so a line may lie across them', async () => {
  const long = 'x'.repeat(90_000);
  const text = Array.from({ length: 8 }, (_, index) => line({ prompt: `${index} ${long}ü`, answer: index })).join('');
  const { records } = await ingestPrompts(store(), source(text));
  expect(records.map(({ prompt }) => prompt)).toEqual(Array.from({ length: 8 }, (_, index) => `${index} ${long}ü`));
});

test.each<[string, string | Uint8Array, Record<string, unknown>, RegExp]>([
  ['no JSON', `${good}\n{"prompt": }\n`, {}, /^line 3 is not JSON \(.+\); give one JSON object a line$/],
  ['a list', '["a"]\n', {}, /^line 1 is not a JSON object; give one such as/],
  [
    'no prompt',
    line({ question: 'a', answer: 1 }),
    {},
    /^line 1 has no text in "prompt" \(it has question, answer\); set data\.fields\.prompt$/,
  ],
  ['an empty prompt', line({ prompt: ' \n', answer: 1 }), {}, /^line 1 has no text in "prompt"/],
  [
    'an object as answer',
    line({ prompt: 'a', answer: {} }),
    {},
    /^line 1 has an object in "answer"; give a text or a number$/,
  ],
  ['no answer', good + line({ prompt: 'b' }), {}, /^line 2 has no answer in "answer"; set data\.fields\.answer/],
  [
    'an answer without what is looked for',
    good,
    { answerPattern: '#(\\d)' },
    /^line 1 has no answer in "answer" that matches #\(\\d\)/,
  ],
  ['a prompt twice', `${good}${good}`, {}, /^line 2 repeats the prompt of line 1; leave one out$/],
  [
    'an id twice',
    '{"id":"x","prompt":"a","answer":1}\n{"id":"x","prompt":"b","answer":1}',
    { fields: { promptId: 'id' } },
    /^line 2 repeats the id "x" of line 1/,
  ],
  ['no id', good, { fields: { promptId: 'id' } }, /^line 1 has no id in "id"; give one/],
  [
    'a control character in a category',
    line({ prompt: 'a', answer: 1, category: '\u001b[2J' }),
    {},
    /^line 1 has a control character in "category"/,
  ],
  [
    'bytes that are not UTF-8',
    Buffer.concat([Buffer.from(good), Buffer.from([0x7b, 0xff, 0xfe, 0x0a])]),
    {},
    /^line 2 is not UTF-8; save the file as UTF-8$/,
  ],
  [
    'a line too long',
    good + line({ prompt: 'x'.repeat(1_000_001), answer: 1 }) + good.replace('1+1', '2+2'),
    {},
    /^line 2 is longer than 1000000 bytes; cut it/,
  ],
  ['nothing', '\n\n', {}, /^has no prompts; give one JSON object a line$/],
])('%s is refused by line, with what to do', async (_, content, data, expected) => {
  const problems = await problemsOf(content, data);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test('the first ten bad lines are told', async () => {
  const problems = await problemsOf('x\n'.repeat(50));
  expect(problems).toHaveLength(10);
  expect(problems[9]).toMatch(/^line 10 /);
});

test('a file that cannot be read is named', async () => {
  const absent = { ...source(good), file: folder.path('absent.jsonl') };
  await expect(ingestPrompts(store(), absent)).rejects.toThrow(
    /absent\.jsonl: cannot be read \(ENOENT.*correct data in the campaign/,
  );
});
