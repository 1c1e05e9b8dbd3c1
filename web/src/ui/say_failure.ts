import type { Failure } from '~/api/failure';
import { texts } from '~/texts/texts';
import { wordsFor } from './failure_note';
import { say } from './toast';

/** Says in passing why something was not done. */
export function sayFailure(failure: Failure): void {
    say(wordsFor(failure, texts().failure).text);
}
