import { fromEvent, merge, ReplaySubject, type Observable } from 'rxjs';
import { exitCode } from './exit-code.js';

/** Emits at the first SIGINT or SIGTERM, and to whoever asks later; a second one ends the process at once. */
export const interruption = (): Observable<unknown> => {
  const first = new ReplaySubject<unknown>(1);
  let seen = false;
  merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM')).subscribe((signal) => {
    if (seen) process.exit(exitCode.interrupted);
    seen = true;
    first.next(signal);
  });
  return first;
};
