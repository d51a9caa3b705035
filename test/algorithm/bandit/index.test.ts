import { bandits, type Bandit, type BanditType } from '../../../algorithm/bandit';

test('every bandit is registered under its own type', () => {
  for (const [name, bandit] of Object.entries(bandits)) expect(bandit.type).toBe(name);
});

test('a bandit can be looked up by the name in a campaign file', () => {
  const type: BanditType = 'linUcb';
  const bandit: Bandit = bandits[type];
  expect(bandit.create({ alpha: 0.1, ridge: 1 }, ['a']).arms).toHaveLength(1);
});
