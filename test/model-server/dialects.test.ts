import { failureTypes } from '../../contract/failure-types';
import {
  classifySglang,
  classifyTokens,
  evaluateLlamaFactoryScores,
  getOpenRlhfRewards,
  getSlimeReward,
  type GetSlimeRewardRequest,
} from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { reply, sendJson, type Handler } from './start-fake-server';

const wrongKind = { failureType: failureTypes.protocolViolation, retryable: false };

test('OpenRLHF: rewards of whole texts, with prompts and verified answers beside them', async () => {
  await against(reply(recorded('dialects/openrlhf-rewards')), async (server, { requests }) => {
    const request = { path: '/get_reward', queries: ['p1', 'p2'], prompts: ['p', 'p'], labels: ['1', null] } as const;
    expect(await getOpenRlhfRewards(server, request)).toEqual([0.3451600968837738, 1.2184889316558838]);
    expect(requests.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/get_reward', body: { query: ['p1', 'p2'], prompts: ['p', 'p'], labels: ['1', null] } },
    ]);
  });
});

test('OpenRLHF: rewards of shape [n, 1] are rewards; longer rows are none', async () => {
  await against(reply({ rewards: [[0.5], [1, 2]] }), async (server) => {
    const request = { path: '/get_reward', queries: ['a', 'b'], prompts: ['', ''], labels: [null, null] } as const;
    expect(await getOpenRlhfRewards(server, request)).toEqual([0.5, null]);
  });
});

const bare: Handler = (response) =>
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Internal Server Error');
const many = (count: number, text: (place: number) => string) => Array.from({ length: count }, (_, i) => text(i));

test('OpenRLHF: its answer to a NaN is a bare 500; the culprit is found and the others get their rewards', async () => {
  const handle: Handler = (response, request) => {
    const { query, labels } = request.body as { query: string[]; labels: (string | null)[] };
    if (query.includes('nan')) return bare(response, request);
    sendJson(response, 200, { rewards: query.map((text, i) => text.length + Number(labels[i] ?? 0)) });
  };
  await against(handle, async (server) => {
    const queries = ['a', 'bb', 'nan', 'dddd', 'nan'];
    const request = { path: '/get_reward', queries, prompts: many(5, () => ''), labels: many(5, String) } as const;
    expect(await getOpenRlhfRewards(server, request)).toEqual([1, 3, null, 7, null]);
  });
});

test.each([1, 2, 64])(
  'OpenRLHF: a bare 500 whatever is asked, of %i texts, is the server’s; few are tried',
  async (n) => {
    await against(bare, async (server, { requests }) => {
      const texts = many(n, String);
      const request = { path: '/get_reward', queries: texts, prompts: texts, labels: texts.map(() => null) } as const;
      expect(await rejection(getOpenRlhfRewards(server, request))).toMatchObject({ status: 500, retryable: true });
      expect(requests.length).toBeLessThanOrEqual(Math.log2(n) + 2);
    });
  },
);

test('LlamaFactory: scores of whole texts', async () => {
  await against(reply(recorded('dialects/llamafactory-scores')), async (server, { requests }) => {
    const request = { model: 'rm', texts: ['12+3=15', '12+3=16'], maxLength: 512 };
    expect(await evaluateLlamaFactoryScores(server, request)).toEqual([0.3451600968837738, 1.2184889316558838]);
    expect(requests[0]).toMatchObject({
      path: '/v1/score/evaluation',
      body: { model: 'rm', messages: request.texts, max_length: 512 },
    });
  });
});

test('LlamaFactory: NaN comes as null and is no score; its refusals are final', async () => {
  const request = { model: 'rm', texts: ['a', 'b'] };
  await against(reply(recorded('dialects/llamafactory-nan')), async (server) => {
    expect(await evaluateLlamaFactoryScores(server, request)).toEqual([null, null]);
  });
  const { noMessages, noModel } = recorded<Record<string, unknown>>('dialects/llamafactory-errors');
  for (const [status, body] of [
    [400, noMessages],
    [422, noModel],
  ] as const) {
    await against(reply(body, status), async (server) => {
      const error = await rejection(evaluateLlamaFactoryScores(server, request));
      expect(error).toMatchObject({ status, retryable: false, failureType: failureTypes.requestRefused });
    });
  }
});

test('SGLang: the raw logit of each text, as a bare list', async () => {
  await against(reply(recorded('dialects/sglang-classify')), async (server, { requests }) => {
    expect(await classifySglang(server, { model: 'rm', texts: ['good', 'bad'] })).toEqual([
      -1.283581256866455, -2.9992401599884033,
    ]);
    expect(requests[0]).toMatchObject({ path: '/classify', body: { model: 'rm', text: ['good', 'bad'] } });
  });
});

test('SGLang: a NaN is a bare 500 too; what it refuses is told in its words', async () => {
  const nan: Handler = (response, request) => {
    const { text } = request.body as { text: string[] };
    if (text.includes('nan')) return bare(response, request);
    sendJson(
      response,
      200,
      text.map((one) => ({ embedding: [one.length], meta_info: {} })),
    );
  };
  await against(nan, async (server) => {
    expect(await classifySglang(server, { model: 'rm', texts: ['a', 'nan', 'ccc'] })).toEqual([1, null, 3]);
  });
  const refusals = recorded<Record<string, { error: { message: string } }>>('dialects/sglang-errors');
  for (const refusal of Object.values(refusals)) {
    await against(reply(refusal, 400), async (server) => {
      const error = await rejection<Error>(classifySglang(server, { model: 'rm', texts: ['a'] }));
      expect(error).toMatchObject({ status: 400, retryable: false });
      expect(error.message).toContain(refusal.error.message);
    });
  }
});

test('SGLang: more numbers than one are an embedding model', async () => {
  await against(reply([{ embedding: [0.1, 0.2] }]), async (server) => {
    expect(await rejection(classifySglang(server, { model: 'rm', texts: ['a'] }))).toMatchObject(wrongKind);
  });
});

test('slime: we ask just as its own remote_rm does, with and without an answer', async () => {
  const wanted =
    recorded<{ path: `/${string}`; body: Omit<GetSlimeRewardRequest, 'path'> }[]>('dialects/slime-requests');
  await against(reply('0.5'), async (server, { requests }) => {
    for (const { path, body } of wanted) await getSlimeReward(server, { path, ...body });
    const sent = requests.map(({ method, path, headers, body }) => {
      return { method, path, contentType: headers['content-type'], body };
    });
    expect(sent).toEqual(wanted);
  });
});

test('slime: a NaN, which Python servers send bare, is no score', async () => {
  await against(reply('NaN'), async (server) => {
    expect(await getSlimeReward(server, slime)).toBeNull();
  });
});

const slime = { path: '/', prompt: 'p', response: 'r', label: '7' } as const;
test('slime: a number, or an object with the reward under its key', async () => {
  await against(reply('0.5'), async (server, { requests }) => {
    expect(await getSlimeReward(server, slime)).toBe(0.5);
    expect(requests[0]).toMatchObject({ path: '/', body: { prompt: 'p', response: 'r', label: '7' } });
  });
  await against(reply(recorded('dialects/slime-reward-object')), async (server) => {
    expect(await getSlimeReward(server, { ...slime, rewardKey: 'score' })).toBe(0.75);
    const unnamed = await rejection<Error>(getSlimeReward(server, slime));
    expect(unnamed).toMatchObject(wrongKind);
    expect(unnamed.message).toContain('an object of score, acc, not a number; name the key to take in rewardKey');
    const error = await rejection<Error>(getSlimeReward(server, { ...slime, rewardKey: 'reward' }));
    expect(error.message).toContain('not "reward"');
  });
});

test('vLLM /pooling: what it answered, the value of the label at every token', async () => {
  const sequences = [
    [1, 4, 5],
    [1, 4, 5, 39, 6, 43],
  ];
  await against(reply(recorded('pooling-token-classify')), async (server) => {
    const [short, long] = await classifyTokens(server, { model: 'prm', sequences, stepTokenId: 5, label: 1 });
    expect([...short!.keys()]).toEqual([0, 1, 2]);
    expect(short!.get(2)).toBeCloseTo(0.2587);
    expect(long!.get(5)).toBeCloseTo(0.4051);
  });
});

test('vLLM /pooling: as many rows as neither tokens nor step tokens is the wrong step_tag_id', async () => {
  await against(
    reply({
      data: [
        {
          index: 0,
          data: [
            [0, 1],
            [0, 1],
          ],
        },
      ],
    }),
    async (server) => {
      const request = { model: 'prm', sequences: [[1, 4, 5]], stepTokenId: 5, label: 1 };
      const error = await rejection<Error>(classifyTokens(server, request));
      expect(error).toMatchObject(wrongKind);
      expect(error.message).toContain('2 rows for 3 tokens, 1 of them step tokens (5)');
    },
  );
});
