import { nameOf } from '~/account/name';
import { RichText } from '~/post/rich_text';
import { statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import styles from './composer.module.css';

/** What one answers, above the answer. */
export function Answered({ id }: { id: string }) {
    const status = statuses.watch(id).value;
    if (status === undefined) {
        return null;
    }
    const name = nameOf(status.account);
    return (
        <blockquote class={styles.quote}>
            <bdi>{texts().compose.replyTo(name)}</bdi>
            {status.spoilerText === '' ? (
                <RichText html={status.content} known={status} lang={status.language} />
            ) : (
                <p dir="auto">{status.spoilerText}</p>
            )}
        </blockquote>
    );
}
