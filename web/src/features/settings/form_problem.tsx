import type { Failure } from '~/api/failure';
import { texts } from '~/texts/texts';
import { wordsFor } from '~/ui/failure_note';
import styles from './settings.module.css';

/** Why a form was not taken, above its button. */
export function FormProblem({ failure }: { failure: Failure | null }) {
    return failure === null ? null : (
        <p class={styles.problem} role="alert">
            {wordsFor(failure, texts().failure).text}
        </p>
    );
}
