import { durability, useWorkflowWorld } from './workflow-world';

/** A round of the fakes takes 3 s (embed and generate side by side, score, train) and 101 tokens, an evaluation 1 s. */
const world = useWorkflowWorld();
const plan = { iterations: 3, roundsPerIteration: 3 };
const eventTypes = (head: unknown): string[] => {
  const types: string[] = [];
  for (let link = head; link;) {
    const { event, eventLog } = world.value(link as never) as { event: { type: string }; eventLog: unknown };
    types.unshift(event.type);
    link = eventLog;
  }
  return types;
};

test('a campaign stops after the round that reaches its budget, and measures the policy it has then', async () => {
  const result = await world.run({ ...plan, budget: { seconds: 1 + 9 + 1 + 6 } });
  expect(result).toMatchObject({
    ...{ status: 'stopped', budgetReached: true, totals: { rounds: 5, spent: { seconds: 15, tokens: 505 } } },
    ...{ policy: { iteration: 2 }, evaluations: [{ iteration: 0 }, { iteration: 1 }, { iteration: 2 }] },
  });
  expect(eventTypes(result.eventLog)).toEqual(['started', 'iterationFinished', 'budgetReached', 'stopped']);
});

test('at the edge of an iteration no further one begins', async () => {
  const result = await world.run({ ...plan, budget: { tokens: 303 } });
  expect(result).toMatchObject({ status: 'stopped', budgetReached: true, totals: { rounds: 3 } });
  expect(result.evaluations.map(({ iteration }) => iteration)).toEqual([0, 1]);
});

test('the budget holds over continue-as-new of both workflows', async () => {
  const often = { ...durability, roundsPerRun: 1, iterationsPerRun: 1 };
  const changes = { durability: often, budget: { tokens: 500 } };
  const result = await world.run({ ...plan, ...changes });
  expect(result).toMatchObject({ status: 'stopped', budgetReached: true, totals: { rounds: 5 } });
});

test('a budget that is not reached changes nothing', async () => {
  const free = await world.run(plan);
  const limited = await world.run({ ...plan, budget: { seconds: 1000 } });
  expect(limited).toMatchObject({ status: 'finished', budgetReached: false });
  expect(limited.policy).toEqual(free.policy);
});

test('prices make money of seconds, calls and tokens, and money can be the budget', async () => {
  const free = { embed: 0, generate: 0, train: 0, evaluate: 0 };
  const prices = {
    currency: 'USD',
    perSecond: { ...free, evaluate: 1, train: 2 },
    perMillionTokens: { generate: 0, train: 0 },
    rewardModels: { 'rm-a': { perSecond: 5, perThousandCalls: 0, perMillionTokens: 0 } },
  };
  const result = await world.run({ ...plan, prices, budget: { money: 9 } });
  // π0 measured: 1; rm-a and training: 7; rm-b and training: 2.
  expect(result).toMatchObject({ status: 'stopped', totals: { rounds: 2, spent: { money: 9 } } });
});
