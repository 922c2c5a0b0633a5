import test from 'ava';
import fc from 'fast-check';
import { markedName, noted, outsideNotes, wrapped } from '../../src/report/outside-theorem.js';
import { textWidth } from '../../src/report/text-width.js';

test('one reason is told once, several by the names that they are for', (t) => {
  const [a, b] = [['Too few servers.'], ['Too few servers.', 'Too few workers.']];
  t.deepEqual(outsideNotes([{ name: 'x' }, { name: 'y', outsideTheorem: undefined }]), []);
  t.deepEqual(outsideNotes([{ name: 'x', outsideTheorem: a }, { name: 'y' }, { name: 'z', outsideTheorem: a }]), [
    '† outside the theorem: Too few servers',
  ]);
  t.deepEqual(
    outsideNotes([
      { name: 'x', outsideTheorem: a },
      { name: 'y', outsideTheorem: b },
    ]),
    ['† x: outside the theorem: Too few servers', '† y: outside the theorem: Too few servers; Too few workers'],
  );
  t.deepEqual([markedName({ name: 'x' }), markedName({ name: 'x', outsideTheorem: a })], ['x', 'x †']);
});

test('notes are wrapped to the figure’s width, without losing a word', (t) => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(400), (words, width) => {
      const lines = wrapped(words.join(' '), width);
      t.is(lines.join(' '), words.join(' '));
      for (const line of lines) t.true(!line.includes(' ') || textWidth(line, 11) <= width);
    }),
  );
});

test('a figure without notes keeps its title, or none', (t) => {
  t.deepEqual([noted(undefined, [], 100), noted('T', [], 100)], [{}, { title: 'T' }]);
  t.like(noted('T', ['a note'], 100).title, { text: 'T', subtitle: ['a note'] });
  t.like(noted(undefined, ['a note'], 100).title, { text: ['a note'] });
});
