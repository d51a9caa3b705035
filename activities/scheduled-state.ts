import type { BanditState } from '../algorithm';
import type { Selection } from '../contract/selection';

/**
 * The state in which ways of selecting that follow a schedule choose: as if every round before had been a pull. So the
 * schedule goes on where a round gave nothing to observe, or its reward comes later. Others choose from what was observed.
 * @param roundsBefore of the whole campaign.
 */
export function scheduledState({ type }: Selection, state: BanditState, roundsBefore: number): BanditState {
  if (type !== 'sequential' && type !== 'roundRobin') return state;
  const placed = { ...state, pulls: roundsBefore };
  if (type === 'sequential') return placed;
  const active = state.arms.filter((arm) => arm.active);
  const turnsAgo = (place: number) => ((roundsBefore - 1 - place + active.length) % active.length) + 1;
  return {
    ...placed,
    arms: state.arms.map((arm) => {
      const place = active.indexOf(arm);
      return { ...arm, knowledge: { latestPull: place < 0 ? 0 : roundsBefore - turnsAgo(place) } };
    }),
  };
}
