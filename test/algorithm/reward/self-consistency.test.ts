import { majorityAnswer, selfConsistency } from '../../../algorithm/reward/self-consistency';
import { seededRandom } from '../../../algorithm/seeded-random';

test.each([
  [['7', '7', '3'], '7'],
  [['7', '3', '3', '7'], null],
  [['7', '3', '1'], null],
  [[null, null, '3'], '3'],
  [[null, null], null],
  [[], null],
])('the majority of %j is %s', (answers, majority) => {
  expect(majorityAnswer(answers)).toBe(majority);
});

test('a pair sides with the majority, against it, or with neither', () => {
  const answers = ['7', '7', '3', null];
  const pairs = [
    { chosen: 0, rejected: 2 },
    { chosen: 1, rejected: 3 },
    { chosen: 2, rejected: 1 },
    { chosen: 0, rejected: 1 },
    { chosen: 3, rejected: 2 },
  ];
  expect(selfConsistency([{ answers, pairs }])).toEqual({
    agreement: 0.2,
    banditReward: 0.6,
    prompts: 1,
    withoutMajority: 0,
  });
});

test('prompts without a majority are left out, and counted; without any there is no reward', () => {
  const tied = { answers: ['1', '2'], pairs: [{ chosen: 1, rejected: 0 }] };
  const clear = { answers: ['1', '1', '2'], pairs: [{ chosen: 0, rejected: 2 }] };
  expect(selfConsistency([tied, clear])).toMatchObject({ agreement: 1, prompts: 1, withoutMajority: 1 });
  expect(selfConsistency([tied])).toBeNull();
  expect(selfConsistency([])).toBeNull();
});

test('without labels, ranks reward models as the labels would where most completions are right', () => {
  const random = seededRandom(6);
  const agreementAt = (accuracy: number) => {
    const prompts = Array.from({ length: 60 }, () => {
      const answers = Array.from({ length: 9 }, () =>
        random.nextFloat() < 0.6 ? 'right' : `wrong ${random.nextInt(3)}`,
      );
      const pairs = Array.from({ length: 8 }, () => {
        const [one, other] = random.shuffle([...answers.keys()]);
        const better =
          Number(answers[one!] === 'right') >= Number(answers[other!] === 'right') ? [one!, other!] : [other!, one!];
        const [chosen, rejected] = random.nextFloat() < accuracy ? better : better.reverse();
        return { chosen: chosen!, rejected: rejected! };
      });
      return { answers, pairs };
    });
    return selfConsistency(prompts)!.agreement;
  };
  const [poor, fair, good] = [0.4, 0.65, 0.95].map(agreementAt);
  expect(poor).toBeLessThan(fair!);
  expect(fair).toBeLessThan(good!);
});

test('refuses a pair of completions that are not there', () => {
  const prompt = { answers: ['1', '1'], pairs: [{ chosen: 0, rejected: 5 }] };
  expect(() => selfConsistency([prompt])).toThrow(/completion 5 of 2/);
});
