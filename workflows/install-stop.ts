import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { stopUpdate } from './messages';

interface Stoppable {
  /** As it is told of, e.g. `Comparison two-ways`. */
  name: string;
  isOver: () => boolean;
  /** Acts on the wish. @returns what will happen, without the name. */
  stop: () => string;
  description: string;
}

/** Lets `laser stop` end a workflow that has no other steering; it is refused when there is nothing left to stop. */
export function installStop({ name, isOver, stop, description }: Stoppable): { requested: boolean } {
  const wish = { requested: false };
  setHandler(
    stopUpdate,
    (_request) => {
      wish.requested = true;
      return { message: `${name} ${stop()}` };
    },
    {
      validator: (_request) => {
        const why = isOver() ? 'is over' : wish.requested ? 'is stopping already' : '';
        if (why !== '') throw ApplicationFailure.nonRetryable(`${name} ${why}.`, 'Refused');
      },
      description,
    },
  );
  return wish;
}
