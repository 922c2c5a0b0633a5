// Runs every study in scenarios/delays and scenarios/attacks and puts its figures where the docs show them; with --data DIR, also those
// that need data sets: docs/rounds.md's.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';

/** What else is worth a look: a study's timeline of its first so long, or its staleness. */
const more = { bursts: ['timeline', '45s'], 'staleness-under-a-shared-link': ['staleness', '2s'] };

/** Studies of data sets that aren't shipped, and what the docs call their figures. */
const ofData = {
  'marina-pp/three-panels': 'marina-pp',
  'dynabro/softmax': 'dynabro-softmax',
};

const drawOfData = (data, out) => {
  mkdirSync(join('docs', 'figures', 'rounds'), { recursive: true });
  for (const [study, name] of Object.entries(ofData)) {
    const folder = join(out, name);
    execFileSync(
      process.execPath,
      ['dist/src/cli/main.js', 'run', join('scenarios', `${study}.yaml`), '--data', data, '--out', folder],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    copyFileSync(join(folder, 'figure.svg'), join('docs', 'figures', 'rounds', `${name}.svg`));
  }
};

const out = mkdtempSync(join(tmpdir(), 'studies-'));
try {
  const at = process.argv.indexOf('--data');
  if (at > 0) drawOfData(process.argv[at + 1], out);
  for (const topic of ['delays', 'attacks']) {
    const studies = join('scenarios', topic);
    const figures = join('docs', 'figures', topic);
    mkdirSync(figures, { recursive: true });
    for (const file of readdirSync(studies).filter((each) => each.endsWith('.yaml'))) {
      const name = basename(file, '.yaml');
      const folder = join(out, topic, name);
      const [picture, span] = more[name] ?? [];
      const options = ['--data', studies, '--out', folder, ...(span ? ['--timeline', span] : [])];
      // The matrix has a page of its own, by `npm run matrix`.
      if (name === 'matrix') continue;
      const isStudy = /^study:/m.test(readFileSync(join(studies, file), 'utf8'));
      execFileSync(
        process.execPath,
        ['dist/src/cli/main.js', isStudy ? 'sweep' : 'run', join(studies, file), ...options],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
      copyFileSync(join(folder, isStudy ? 'heatmap.svg' : 'figure.svg'), join(figures, `${name}.svg`));
      if (picture) copyFileSync(join(folder, `${picture}.svg`), join(figures, `${name}-${picture}.svg`));
    }
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
