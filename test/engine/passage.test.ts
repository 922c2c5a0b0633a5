import test from 'ava';
import type { Carrier } from '../../src/engine/carrier.js';
import { Passage } from '../../src/engine/passage.js';

test('between workers the sender’s upload is asked about, then the reader’s download, later by what held it', (t) => {
  const asked: string[] = [];
  const carrier: Carrier = {
    verdict: (worker, phase, span, held) => {
      asked.push(`${worker} ${phase} ${span} ${held}`);
      return phase === 'upload' ? { hold: 5 } : { delay: 2, cause: 'link' };
    },
  };
  const passage = new Passage([carrier, {}]);
  passage.askBetween(3, 1, 10);
  t.deepEqual(asked, ['3 upload 10 0', '1 download 15 5']);
  t.is(passage.span, 17);
  t.is(passage.dropped, undefined);
});

test('a carrier with a word on pairs is asked for that, and what is lost is asked about no further', (t) => {
  const never: Carrier = { verdict: () => t.fail('asked') };
  const passage = new Passage([{ ...never, between: (from, to) => (from < to ? { drop: 'lost' } : null) }, {}]);
  passage.askBetween(2, 1, 10);
  t.is(passage.dropped, undefined);
  t.is(passage.span, 10);
  const lossy = new Passage([{ between: () => ({ drop: 'lost' }) }, never]);
  lossy.askBetween(0, 1, 10);
  t.is(lossy.dropped, 'lost');
});
